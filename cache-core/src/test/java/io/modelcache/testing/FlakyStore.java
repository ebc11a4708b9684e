package io.modelcache.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * A store like one in another process: a test lets it hang, fail and come back, and
 * counts how often it was asked.
 */
public final class FlakyStore implements CacheStore {

	private final CacheStore store;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private final AtomicInteger mostUnderWay = new AtomicInteger();

	private volatile @Nullable RuntimeException failure;

	private volatile CountDownLatch hanging = new CountDownLatch(0);

	/**
	 * Create a store that works.
	 * @param store keeps the entries
	 */
	public FlakyStore(CacheStore store) {
		this.store = store;
	}

	/**
	 * Let all calls hang from now on, whatever interrupts them.
	 */
	public void hang() {
		this.hanging = new CountDownLatch(1);
	}

	/**
	 * Let all calls fail from now on.
	 * @param failure what they throw
	 */
	public void fail(RuntimeException failure) {
		this.failure = failure;
	}

	/**
	 * Let all calls work from now on, and those that hang go on.
	 */
	public void recover() {
		this.failure = null;
		this.hanging.countDown();
	}

	/**
	 * Return how often the store was asked anything.
	 * @return the number of calls so far
	 */
	public int calls() {
		return this.calls.get();
	}

	/**
	 * Return how many calls hang at the moment.
	 * @return the number of calls under way
	 */
	public int underWay() {
		return this.underWay.get();
	}

	/**
	 * Return how many calls were under way at once.
	 * @return the largest number so far
	 */
	public int mostUnderWay() {
		return this.mostUnderWay.get();
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		asked();
		return this.store.getAll(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return getAll(List.of(fingerprint)).get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		asked();
		this.store.putAll(entries);
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		asked();
		this.store.evictAll(fingerprints);
	}

	@Override
	public long evict(Selector selector) {
		asked();
		return this.store.evict(selector);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		asked();
		return this.store.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		asked();
		return this.store.stats();
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public <T> @Nullable T capability(Class<T> type) {
		return type.isInstance(this) ? type.cast(this) : this.store.capability(type);
	}

	private void asked() {
		this.calls.incrementAndGet();
		this.mostUnderWay.accumulateAndGet(this.underWay.incrementAndGet(), Math::max);
		boolean interrupted = false;
		try {
			while (true) {
				try {
					this.hanging.await();
					break;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			this.underWay.decrementAndGet();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
		RuntimeException thrown = this.failure;
		if (thrown != null) {
			throw thrown;
		}
	}

}
