package io.modelcache.store.redis;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.AsyncCacheStore;
import io.modelcache.store.StoredEntry;

/**
 * The store over Lettuce, which need not wait.
 */
final class LettuceCacheStore extends RedisCacheStore implements AsyncCacheStore {

	LettuceCacheStore(RedisLink link, RedisCacheStoreBuilder builder) {
		super(link, builder);
		connectAhead();
	}

	@Override
	public CompletableFuture<Map<Fingerprint, StoredEntry>> getAllAsync(Collection<Fingerprint> fingerprints) {
		return reads().getAllAsync(fingerprints);
	}

	@Override
	public CompletableFuture<Void> putAllAsync(Collection<StoredEntry> entries) {
		return writes().putAll(entries);
	}

	@Override
	public CompletableFuture<Void> evictAllAsync(Collection<Fingerprint> fingerprints) {
		return evictAndTell(fingerprints);
	}

}
