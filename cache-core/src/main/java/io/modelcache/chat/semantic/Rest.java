package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Leaves alone for a while what has just failed, so that not every call waits for what
 * hangs. Safe for use by several threads.
 */
final class Rest {

	private final InstantSource clock;

	private volatile Instant until = Instant.MIN;

	Rest(InstantSource clock) {
		this.clock = clock;
	}

	boolean isOn() {
		return this.until.isAfter(this.clock.instant());
	}

	void begin(Duration duration) {
		this.until = this.clock.instant().plus(duration);
	}

}
