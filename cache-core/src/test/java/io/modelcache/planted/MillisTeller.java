package io.modelcache.planted;

import java.util.function.LongSupplier;

/**
 * Asks for the time by a method reference.
 */
class MillisTeller {

	LongSupplier now() {
		return System::currentTimeMillis;
	}

}
