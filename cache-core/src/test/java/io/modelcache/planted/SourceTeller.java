package io.modelcache.planted;

import java.time.InstantSource;

/**
 * Asks for the time of the system without being a builder.
 */
class SourceTeller {

	Object clock() {
		return InstantSource.system();
	}

}
