package io.modelcache.planted.autoconfigure.hen;

import io.modelcache.planted.autoconfigure.egg.Egg;

/**
 * Knows where it came from.
 */
public class Hen {

	Class<?> known() {
		return Egg.class;
	}

}
