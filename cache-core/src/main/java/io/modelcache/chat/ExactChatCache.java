package io.modelcache.chat;

import java.time.Duration;

import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.CachedValue;
import io.modelcache.ModelCache;
import io.modelcache.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer to exactly the same request.
 */
final class ExactChatCache implements ChatCache {

	private final ModelCache<ChatAnswer> cache;

	private final String layer;

	ExactChatCache(ModelCache<ChatAnswer> cache, String layer) {
		this.cache = cache;
		this.layer = layer;
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		Place place = new Place(request);
		if (!request.directives().mayRead() && request.directives().staleIfError().isZero()) {
			return open(request, Forward.REQUEST, null, place);
		}
		CachedValue<ChatAnswer> found = this.cache.get(request.fingerprint(), request.terms().scope());
		if (found == null) {
			return open(request, request.directives().mayRead() ? Forward.MISS : Forward.REQUEST, null, place);
		}
		if (!request.directives().mayRead() || isTooOld(found, request.directives().maxAge())) {
			return open(request, Forward.REQUEST, found, place);
		}
		return found.fresh() ? ChatLookup.answered(found.value(), status(request, found), place)
				: open(request, Forward.STALE, found, place);
	}

	@Override
	public ChatLookup findAgain(ChatRequest request, ChatLookup before) {
		return find(request);
	}

	@Override
	public boolean blocking() {
		return this.cache.blocking();
	}

	private ChatLookup open(ChatRequest request, Forward why, @Nullable CachedValue<ChatAnswer> stale, Place place) {
		return ChatLookup.open(CacheStatus.forwarded(why, request.fingerprint()),
				(stale != null) ? new ChatLookup.StaleAnswer(stale.value(), status(request, stale)) : null, place);
	}

	private CacheStatus status(ChatRequest request, CachedValue<ChatAnswer> found) {
		return CacheStatus.hit(this.layer, request.fingerprint(), found.age(), found.ttl());
	}

	private static boolean isTooOld(CachedValue<ChatAnswer> found, @Nullable Duration maxAge) {
		return maxAge != null && found.age().compareTo(maxAge) > 0;
	}

	/**
	 * The place of one request in this cache.
	 */
	private final class Place implements ChatLookup.Place {

		private final ChatRequest request;

		Place(ChatRequest request) {
			this.request = request;
		}

		@Override
		public @Nullable Snapshot<ChatAnswer> snapshot(ChatAnswer answer) {
			return ExactChatCache.this.cache.snapshot(answer);
		}

		@Override
		public CacheStatus leave(Snapshot<ChatAnswer> snapshot, CacheStatus before) {
			boolean stored = ExactChatCache.this.cache.put(this.request.fingerprint(), snapshot, this.request.terms());
			return stored ? before.withStored(this.request.terms().ttl()) : before.withDetail("not-stored");
		}

	}

}
