package io.modelcache.chat;

import io.modelcache.CacheStatus;
import io.modelcache.CachedValue;
import io.modelcache.ModelCache;
import io.modelcache.key.Fingerprint;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Finds the answer to exactly the same request.
 */
final class ExactChatCache implements ChatCache {

	private final ModelCache<ChatResponse> cache;

	private final String layer;

	ExactChatCache(ModelCache<ChatResponse> cache, String layer) {
		this.cache = cache;
		this.layer = layer;
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		Fingerprint key = request.fingerprint();
		CachedValue<ChatResponse> found = this.cache.get(key, request.terms().scope());
		if (found != null && found.fresh()) {
			return ChatLookup.answered(found.value(), CacheStatus.hit(this.layer, key, found.age(), found.ttl()));
		}
		CacheStatus.Forward why = (found != null) ? CacheStatus.Forward.STALE : CacheStatus.Forward.MISS;
		return ChatLookup.open(CacheStatus.forwarded(why, key),
				(response, before) -> remember(request, response, before));
	}

	private CacheStatus remember(ChatRequest request, ChatResponse response, CacheStatus before) {
		boolean stored = this.cache.put(request.fingerprint(), response, request.terms());
		return stored ? before.withStored(request.terms().ttl()) : before.withDetail("not-stored");
	}

}
