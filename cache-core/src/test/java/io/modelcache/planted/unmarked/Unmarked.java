package io.modelcache.planted.unmarked;

class Unmarked {

	record Nested() {
	}

}
