package io.modelcache.planted.chat;

import java.time.Clock;

/**
 * A policy that knows a clock.
 */
class ClockPolicy {

	Class<?> known() {
		return Clock.class;
	}

}
