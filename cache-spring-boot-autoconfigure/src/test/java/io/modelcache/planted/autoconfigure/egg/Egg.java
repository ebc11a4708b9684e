package io.modelcache.planted.autoconfigure.egg;

import io.modelcache.planted.autoconfigure.hen.Hen;

/**
 * Knows where it came from.
 */
public class Egg {

	Class<?> known() {
		return Hen.class;
	}

}
