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
 * A store that blocks, in front of one that need not: a test may do something before each
 * read and each write.
 */
public final class HookedStore implements CacheStore {

	private final CacheStore store;

	private final boolean blocking;

	private volatile Runnable beforeRead = () -> {
	};

	private volatile Runnable beforeWrite = () -> {
	};

	/**
	 * Create a store.
	 * @param store keeps the entries
	 * @param blocking what it says about itself
	 */
	public HookedStore(CacheStore store, boolean blocking) {
		this.store = store;
		this.blocking = blocking;
	}

	/**
	 * Set what happens before each read.
	 * @param action what happens
	 */
	public void beforeRead(Runnable action) {
		this.beforeRead = action;
	}

	/**
	 * Set what happens before each write.
	 * @param action what happens
	 */
	public void beforeWrite(Runnable action) {
		this.beforeWrite = action;
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		this.beforeRead.run();
		return this.store.getAll(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return getAll(List.of(fingerprint)).get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.beforeWrite.run();
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
		this.beforeRead.run();
		return this.store.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		return this.store.stats();
	}

	@Override
	public boolean blocking() {
		return this.blocking;
	}

}
