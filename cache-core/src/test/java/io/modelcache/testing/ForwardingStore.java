package io.modelcache.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Hands every call on to another store, for tests that change some of them.
 */
public abstract class ForwardingStore implements CacheStore {

	private final CacheStore store;

	/**
	 * Create a store.
	 * @param store keeps the entries
	 */
	protected ForwardingStore(CacheStore store) {
		this.store = store;
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		return this.store.getAll(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return getAll(List.of(fingerprint)).get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.store.putAll(entries);
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		this.store.evictAll(fingerprints);
	}

	@Override
	public long evict(Selector selector) {
		return this.store.evict(selector);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		return this.store.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		return this.store.stats();
	}

	@Override
	public boolean blocking() {
		return this.store.blocking();
	}

}
