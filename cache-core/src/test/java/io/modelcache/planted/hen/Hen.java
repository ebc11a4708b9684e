package io.modelcache.planted.hen;

import io.modelcache.planted.egg.Egg;

/**
 * Knows where it came from.
 */
public class Hen {

	Class<?> known() {
		return Egg.class;
	}

}
