package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.modelcache.key.Fingerprint;

/**
 * Answers that the index knows and the store does not have. Another instance tells a
 * shared index at once what its queue of writes brings to the store later, so an answer
 * is gone only if it is still absent some time after that was first seen. Safe for use by
 * several threads.
 */
final class Absences {

	private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

	private static final int KEPT = 1_000;

	private final InstantSource clock;

	private final Map<Fingerprint, Instant> seen = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Fingerprint, Instant> eldest) {
			return size() > KEPT;
		}

	};

	Absences(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Take note of an answer that is not there.
	 * @return whether it is gone for good
	 */
	synchronized boolean isGone(Fingerprint answer) {
		Instant now = this.clock.instant();
		Instant first = this.seen.putIfAbsent(answer, now);
		if (first == null || first.plus(LONG_ENOUGH).isAfter(now)) {
			return false;
		}
		this.seen.remove(answer);
		return true;
	}

}
