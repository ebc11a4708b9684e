package io.modelcache.chat.semantic;

import io.modelcache.CacheStatus;
import io.modelcache.chat.ChatCacheContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers that were found and do not serve, and remembers the first, which is
 * the nearest, for the status of the call.
 */
final class Refusal {

	private final ChatCacheContext context;

	private @Nullable FoundAnswer first;

	Refusal(ChatCacheContext context) {
		this.context = context;
	}

	void add(FoundAnswer found) {
		if (this.first == null) {
			this.first = found;
		}
		if (found.guard() != null) {
			this.context.listener().onRefusal(this.context.settings().name(), found.guard(), found.similarity());
		}
	}

	CacheStatus on(CacheStatus status) {
		return (this.first != null)
				? status.withSimilarity(this.first.similarity()).withDetail("refused-" + this.first.guard()) : status;
	}

}
