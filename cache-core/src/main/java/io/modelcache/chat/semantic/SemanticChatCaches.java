package io.modelcache.chat.semantic;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.modelcache.CacheStatus;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.store.CacheStore;
import org.jspecify.annotations.Nullable;

/**
 * The caches of all models under one {@link SemanticCaching}, and the answers that they
 * have given. Safe for use by several threads.
 */
final class SemanticChatCaches {

	/**
	 * The length of a key id.
	 */
	private static final int KEY_ID = 12;

	private final Map<Owner, SemanticChatCache> caches = new ConcurrentHashMap<>();

	/**
	 * Put a cache into the place of the one that the same model had before.
	 * @param context whose cache it is
	 * @param creator what makes it from the one before, or from {@code null}
	 * @return the cache
	 */
	SemanticChatCache put(ChatCacheContext context, Function<@Nullable SemanticChatCache, SemanticChatCache> creator) {
		return Objects.requireNonNull(this.caches.compute(new Owner(context.settings().name(), context.store()),
				(owner, before) -> creator.apply(before)));
	}

	@Nullable SemanticChatCache named(String name) {
		return this.caches.keySet()
			.stream()
			.filter((owner) -> owner.name().equals(name))
			.findFirst()
			.map(this.caches::get)
			.orElse(null);
	}

	/**
	 * What the exact layer has answered is not searched for.
	 */
	@Nullable GivenAnswer given(CacheStatus status) {
		String key = status.key();
		if (key == null || status.layer() == null || !SemanticChatCache.LAYERS.contains(status.layer())) {
			return null;
		}
		return given(key);
	}

	/**
	 * Find what was given.
	 * @param key the key, or its id
	 * @return the answer and where it came from, or {@code null} if it is not known
	 */
	@Nullable GivenAnswer given(String key) {
		String id = key.substring(0, Math.min(key.length(), KEY_ID));
		GivenAnswer recent = given(id, SemanticChatCache::recentHit);
		return (recent != null) ? recent : given(id, SemanticChatCache::storedHit);
	}

	private @Nullable GivenAnswer given(String id,
			BiFunction<SemanticChatCache, String, RecentHits.@Nullable Hit> search) {
		for (SemanticChatCache cache : this.caches.values()) {
			RecentHits.Hit hit = search.apply(cache, id);
			if (hit != null) {
				return new GivenAnswer(cache, hit);
			}
		}
		return null;
	}

	/**
	 * Whose questions are remembered. Stores are told apart by their identity alone, for
	 * nobody knows what else they do.
	 *
	 * @param name the name of the cache
	 * @param store where its answers live
	 */
	private record Owner(String name, CacheStore store) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Owner owner && this.name.equals(owner.name) && this.store == owner.store;
		}

		@Override
		public int hashCode() {
			return 31 * this.name.hashCode() + System.identityHashCode(this.store);
		}

	}

}
