package io.modelcache.planted;

import java.util.Date;

/**
 * Asks for the time with an old type.
 */
class DateTeller {

	Object now() {
		return new Date();
	}

}
