package io.modelcache.planted;

import java.util.Objects;

/**
 * A key of 32 bits.
 */
class HashedObjects {

	int key(Object model, Object question) {
		return Objects.hash(model, question);
	}

}
