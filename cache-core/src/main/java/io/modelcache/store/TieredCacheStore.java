package io.modelcache.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.RemovalSource.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A near store in front of a far one: what was found far away is kept near for a while.
 * <ol>
 * <li>A read asks the near store first, and the far one for the rest. If that fails, what
 * was found near {@linkplain PartialReadException is handed on} with the failure.</li>
 * <li>A write goes to both. If the far store fails, the near one has the entry all the
 * same, and the failure is thrown.</li>
 * <li>Evictions go to both, the far store first: a reader in between must not bring back
 * near what is gone.</li>
 * <li>If the far store is a {@link RemovalSource}, evictions by other instances reach the
 * near store, too. As that news may get lost, the near store must not keep anything for
 * longer than a wrong answer may live.</li>
 * </ol>
 * The near store must not block. Safe for use by several threads.
 */
public final class TieredCacheStore implements CacheStore, AutoCloseable {

	private final CacheStore near;

	private final CacheStore far;

	private final AtomicLong removals = new AtomicLong();

	private final @Nullable Subscription news;

	/**
	 * Put one store in front of another.
	 * @param near the store that is asked first, and does not block
	 * @param far the store that has everything
	 */
	@SuppressWarnings("this-escape")
	public TieredCacheStore(CacheStore near, CacheStore far) {
		this.near = near;
		this.far = far;
		RemovalSource source = far.capability(RemovalSource.class);
		this.news = (source != null) ? source.subscribe(new Forgetting()) : null;
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		Map<Fingerprint, StoredEntry> found = this.near.getAll(fingerprints);
		if (found.size() == fingerprints.size()) {
			return found;
		}
		List<Fingerprint> missing = new ArrayList<>(fingerprints);
		missing.removeAll(found.keySet());
		if (missing.isEmpty()) {
			return found;
		}
		Map<Fingerprint, StoredEntry> all = new HashMap<>(found);
		try {
			all.putAll(fetch(missing));
		}
		catch (RuntimeException ex) {
			throw PartialReadException.after(found, ex);
		}
		return all;
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		StoredEntry entry = this.near.get(fingerprint);
		return (entry != null) ? entry : fetch(List.of(fingerprint)).get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.near.putAll(entries);
		this.far.putAll(entries);
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		try {
			this.far.evictAll(fingerprints);
		}
		finally {
			this.removals.incrementAndGet();
			this.near.evictAll(fingerprints);
		}
	}

	@Override
	public long evict(Selector selector) {
		long near = 0;
		long far = 0;
		try {
			far = this.far.evict(selector);
		}
		finally {
			this.removals.incrementAndGet();
			near = this.near.evict(selector);
		}
		return Math.max(near, far);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		return this.far.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		return this.far.stats();
	}

	@Override
	public boolean blocking() {
		return this.far.blocking();
	}

	@Override
	public <T> @Nullable T capability(Class<T> type) {
		return type.isInstance(this) ? type.cast(this) : this.far.capability(type);
	}

	/**
	 * Stop listening to the far store. Neither store is closed.
	 */
	@Override
	public void close() {
		if (this.news != null) {
			this.news.close();
		}
	}

	private Map<Fingerprint, StoredEntry> fetch(List<Fingerprint> fingerprints) {
		long before = this.removals.get();
		try {
			Map<Fingerprint, StoredEntry> fetched = this.far.getAll(fingerprints);
			keepNear(fetched, before);
			return fetched;
		}
		catch (PartialReadException ex) {
			keepNear(ex.found(), before);
			throw ex;
		}
	}

	/**
	 * What is removed while it is on its way from far is not kept near.
	 */
	private void keepNear(Map<Fingerprint, StoredEntry> fetched, long before) {
		if (!fetched.isEmpty()) {
			this.near.putAll(fetched.values());
			if (this.removals.get() != before) {
				this.near.evictAll(fetched.keySet());
			}
		}
	}

	/**
	 * Forgets near what is gone or different far away.
	 */
	private final class Forgetting implements RemovalListener {

		@Override
		public void removed(Collection<Fingerprint> fingerprints, RemovalCause cause) {
			if (cause == RemovalCause.EVICTED || cause == RemovalCause.REPLACED) {
				TieredCacheStore.this.removals.incrementAndGet();
				TieredCacheStore.this.near.evictAll(fingerprints);
			}
		}

		@Override
		public void cleared(Selector selector) {
			TieredCacheStore.this.removals.incrementAndGet();
			TieredCacheStore.this.near.evict(selector);
		}

	}

}
