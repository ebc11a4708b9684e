package io.modelcache.testing;

import java.util.Collection;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * A store that blocks, in front of one that need not: a test may do something before each
 * read and each write.
 */
public final class HookedStore extends ForwardingStore {

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
		super(store);
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
		return super.getAll(fingerprints);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.beforeWrite.run();
		super.putAll(entries);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		this.beforeRead.run();
		return super.scan(selector, cursor, limit);
	}

	@Override
	public boolean blocking() {
		return this.blocking;
	}

}
