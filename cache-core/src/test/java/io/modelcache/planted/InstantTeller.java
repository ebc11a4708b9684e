package io.modelcache.planted;

import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Asks for the time in zones.
 */
class InstantTeller {

	Object now() {
		return ZonedDateTime.now(ZoneId.of("UTC"));
	}

}
