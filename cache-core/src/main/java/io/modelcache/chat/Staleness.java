package io.modelcache.chat;

import java.time.Duration;

import io.modelcache.CacheDirectives;
import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a stale answer will do.
 */
final class Staleness {

	private Staleness() {
	}

	/**
	 * Return the answer that will do while a newer one is made. A call that does not have
	 * its answer stored cannot have one renewed.
	 */
	static ChatLookup.@Nullable StaleAnswer whileRevalidating(ChatRequest request, ChatLookup lookup) {
		CacheDirectives directives = request.directives();
		boolean allowed = directives.mayRead() && (directives.mayStore() || directives.mustHit());
		return allowed ? within(directives.staleWhileRevalidate(), directives, lookup) : null;
	}

	/**
	 * Return the answer that will do because the model has failed.
	 */
	static ChatLookup.@Nullable StaleAnswer afterFailure(ChatRequest request, ChatLookup lookup) {
		return within(request.directives().staleIfError(), request.directives(), lookup);
	}

	private static ChatLookup.@Nullable StaleAnswer within(Duration allowed, CacheDirectives directives,
			ChatLookup lookup) {
		ChatLookup.StaleAnswer stale = lookup.stale();
		if (stale == null || allowed.isZero()) {
			return null;
		}
		return (staleness(stale.status(), directives.maxAge()).compareTo(allowed) <= 0) ? stale : null;
	}

	/**
	 * An answer is stale since the end of its time, or since it was too old for the
	 * caller, whichever came first.
	 */
	private static Duration staleness(CacheStatus status, @Nullable Duration maxAge) {
		Duration byTime = (status.ttl() != null) ? status.ttl().negated() : Duration.ZERO;
		Duration byAge = (maxAge != null && status.age() != null) ? status.age().minus(maxAge) : byTime;
		return (byAge.compareTo(byTime) > 0) ? byAge : byTime;
	}

}
