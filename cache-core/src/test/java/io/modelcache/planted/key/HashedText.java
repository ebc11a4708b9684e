package io.modelcache.planted.key;

/**
 * A key of 32 bits.
 */
class HashedText {

	int key(String question) {
		return question.hashCode();
	}

}
