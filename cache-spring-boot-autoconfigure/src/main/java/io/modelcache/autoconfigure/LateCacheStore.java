package io.modelcache.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.AbortableStore;
import io.modelcache.store.CacheStore;
import io.modelcache.store.PunctualStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.SearchableStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.jdbc.JdbcCacheStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that is there only when its tables are; until then every operation fails at
 * once.
 *
 * @param target gives the store, or throws while there is none
 */
record LateCacheStore(
		Supplier<JdbcCacheStore> target) implements CacheStore, SearchableStore, AbortableStore, PunctualStore {

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		return this.target.get().getAll(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return this.target.get().get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.target.get().putAll(entries);
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		this.target.get().evictAll(fingerprints);
	}

	@Override
	public long evict(Selector selector) {
		return this.target.get().evict(selector);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		return this.target.get().scan(selector, cursor, limit);
	}

	@Override
	public List<StoredEntry> search(String text, int limit) {
		return this.target.get().search(text, limit);
	}

	@Override
	public StoreStats stats() {
		return this.target.get().stats();
	}

	@Override
	public @Nullable Map<Fingerprint, StoredEntry> getAllWithin(Collection<Fingerprint> fingerprints, Duration timeout)
			throws TimeoutException {
		return this.target.get().getAllWithin(fingerprints, timeout);
	}

	@Override
	public void abort(Thread thread) {
		this.target.get().abort(thread);
	}

	@Override
	public boolean blocking() {
		return true;
	}

}
