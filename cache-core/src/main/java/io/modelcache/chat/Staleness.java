package io.modelcache.chat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Says whether a stale answer will do.
 */
final class Staleness {

	private Staleness() {
	}

	static ChatLookup.@Nullable StaleAnswer whileRevalidating(ChatRequest request, ChatLookup lookup) {
		return request.directives().mayRead() ? within(request.directives().staleWhileRevalidate(), lookup) : null;
	}

	static ChatLookup.@Nullable StaleAnswer afterFailure(ChatRequest request, ChatLookup lookup) {
		return within(request.directives().staleIfError(), lookup);
	}

	private static ChatLookup.@Nullable StaleAnswer within(Duration allowed, ChatLookup lookup) {
		ChatLookup.StaleAnswer stale = lookup.stale();
		if (stale == null || allowed.isZero()) {
			return null;
		}
		Duration ttl = stale.status().ttl();
		return (ttl == null || ttl.negated().compareTo(allowed) <= 0) ? stale : null;
	}

}
