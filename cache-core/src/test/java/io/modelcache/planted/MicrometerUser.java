package io.modelcache.planted;

import io.micrometer.observation.Observation;

/**
 * Knows Micrometer.
 */
class MicrometerUser {

	Class<?> known() {
		return Observation.class;
	}

}
