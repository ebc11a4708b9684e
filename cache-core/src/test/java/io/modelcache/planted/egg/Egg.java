package io.modelcache.planted.egg;

import io.modelcache.planted.hen.Hen;

/**
 * Knows where it came from.
 */
public class Egg {

	Class<?> known() {
		return Hen.class;
	}

}
