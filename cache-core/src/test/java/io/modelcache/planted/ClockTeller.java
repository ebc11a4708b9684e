package io.modelcache.planted;

import java.time.Clock;

/**
 * Asks for a clock of the system.
 */
class ClockTeller {

	Object clock() {
		return Clock.systemUTC();
	}

}
