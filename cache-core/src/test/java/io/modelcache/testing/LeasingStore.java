package io.modelcache.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * A store with leases that end only when they are given back.
 */
public final class LeasingStore implements CacheStore, LeaseStore {

	private final CacheStore store;

	private final ConcurrentMap<Fingerprint, String> holders = new ConcurrentHashMap<>();

	private volatile boolean taken;

	/**
	 * Create a store.
	 * @param store keeps the entries
	 */
	public LeasingStore(CacheStore store) {
		this.store = store;
	}

	/**
	 * Let another instance have all leases from now on, or no longer.
	 * @param taken whether it has them
	 */
	public void takeAll(boolean taken) {
		this.taken = taken;
	}

	/**
	 * Return how many leases are held.
	 * @return the number at the moment
	 */
	public int held() {
		return this.holders.size();
	}

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		String other = this.taken ? "another" : this.holders.putIfAbsent(fingerprint, holder);
		return other == null || other.equals(holder);
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		return this.holders.remove(fingerprint, holder);
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
