package io.modelcache.autoconfigure.metrics;

import java.util.Locale;

import io.micrometer.core.instrument.Tag;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;

/**
 * What came of a lookup.
 */
enum LookupOutcome {

	/**
	 * There was a fresh answer.
	 */
	HIT,

	/**
	 * There was none.
	 */
	MISS,

	/**
	 * There were some of a batch.
	 */
	PARTIAL,

	/**
	 * There was one that is no longer fresh.
	 */
	STALE,

	/**
	 * The caller did not want what there was.
	 */
	REFUSED;

	static LookupOutcome of(CacheStatus status) {
		Forward forward = status.forward();
		if (forward == null) {
			return HIT;
		}
		return switch (forward) {
			case PARTIAL -> PARTIAL;
			case STALE -> STALE;
			case REQUEST -> REFUSED;
			case MISS, BYPASS -> MISS;
		};
	}

	Tag tag() {
		return Tag.of("outcome", name().toLowerCase(Locale.ROOT));
	}

}
