package io.modelcache.store.caffeine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.CountingStore;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries on the heap of this JVM, bounded by their weight in bytes.
 * <p>
 * Which entries go when the bound is reached is decided by Caffeine's W-TinyLFU policy;
 * each entry expires on its own at its {@link StoredEntry#keepUntil() keepUntil}, by a
 * monotonic clock, so that a change of the wall clock neither revives nor kills it.
 * Nothing blocks. Safe for use by several threads.
 */
public final class CaffeineCacheStore implements CacheStore, CountingStore, RemovalSource {

	private static final Comparator<StoredEntry> ORDER = Comparator.comparing(StoredEntry::fingerprint);

	private final Cache<Fingerprint, StoredEntry> cache;

	private final List<RemovalListener> listeners = new CopyOnWriteArrayList<>();

	private final Map<String, LongAdder> evictions = new ConcurrentHashMap<>();

	private final Executor executor;

	private CaffeineCacheStore(Builder builder) {
		this.executor = builder.executor;
		this.cache = Caffeine.newBuilder()
			.executor(Runnable::run)
			.maximumWeight(builder.maximumWeight)
			.weigher((Fingerprint fingerprint, StoredEntry entry) -> entry.weight())
			.expireAfter(new KeepUntilExpiry(builder.clock, builder.retention))
			.ticker(builder.ticker)
			.removalListener(this::removed)
			.recordStats(EvictionCounter::new)
			.build();
	}

	/**
	 * Create a store with default settings.
	 * @param maximumWeight the bound in bytes, at least 0
	 * @return the store
	 */
	public static CaffeineCacheStore ofMaximumWeight(long maximumWeight) {
		return builder().maximumWeight(maximumWeight).build();
	}

	/**
	 * Start with a bound of 64 MB and the system's clocks.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		return this.cache.getAllPresent(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return this.cache.getIfPresent(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		for (StoredEntry entry : entries) {
			this.cache.put(entry.fingerprint(), entry);
		}
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		this.cache.invalidateAll(fingerprints);
	}

	@Override
	public long evict(Selector selector) {
		long evicted = 0;
		for (StoredEntry entry : this.cache.asMap().values()) {
			if (selector.matches(entry) && this.cache.asMap().remove(entry.fingerprint(), entry)) {
				evicted++;
			}
		}
		return evicted;
	}

	/**
	 * Walk in the order of fingerprints: the cursor is the last one of the page before.
	 */
	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		Fingerprint after = (cursor != null) ? Fingerprint.fromHex(cursor) : null;
		PriorityQueue<StoredEntry> smallest = new PriorityQueue<>(ORDER.reversed());
		for (StoredEntry entry : this.cache.asMap().values()) {
			if ((after == null || entry.fingerprint().compareTo(after) > 0) && selector.matches(entry)) {
				smallest.add(entry);
				if (smallest.size() > limit) {
					smallest.remove();
				}
			}
		}
		List<StoredEntry> page = new ArrayList<>(smallest);
		page.sort(ORDER);
		return new ScanPage(page, (page.size() == limit) ? page.get(limit - 1).fingerprint().toHex() : null);
	}

	@Override
	public StoreStats stats() {
		long weight = this.cache.policy()
			.eviction()
			.map(Policy.Eviction::weightedSize)
			.orElseThrow()
			.orElse(StoreStats.UNKNOWN);
		return new StoreStats(this.cache.estimatedSize(), weight, this.cache.stats().evictionCount());
	}

	/**
	 * Walk over all entries, which takes about a millisecond for 50,000 of them.
	 */
	@Override
	public StoreStats count(Selector selector) {
		long entries = 0;
		long bytes = 0;
		for (StoredEntry entry : this.cache.asMap().values()) {
			if (selector.matches(entry)) {
				entries++;
				bytes += entry.weight();
			}
		}
		return new StoreStats(entries, bytes, evictions(selector));
	}

	@Override
	public boolean blocking() {
		return false;
	}

	@Override
	public Subscription subscribe(RemovalListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	private long evictions(Selector selector) {
		if (selector.equals(Selector.all())) {
			return this.cache.stats().evictionCount();
		}
		if (selector.bean() == null || !selector.equals(Selector.all().withBean(selector.bean()))) {
			return StoreStats.UNKNOWN;
		}
		LongAdder known = this.evictions.get(selector.bean());
		return (known != null) ? known.sum() : 0;
	}

	private void removed(@Nullable Fingerprint fingerprint, @Nullable StoredEntry entry,
			com.github.benmanes.caffeine.cache.RemovalCause cause) {
		if (entry != null && cause == com.github.benmanes.caffeine.cache.RemovalCause.SIZE) {
			this.evictions.computeIfAbsent(entry.bean(), (bean) -> new LongAdder()).increment();
		}
		if (fingerprint != null && !this.listeners.isEmpty()) {
			List<Fingerprint> fingerprints = List.of(fingerprint);
			RemovalCause known = causeOf(cause);
			this.executor.execute(() -> this.listeners.forEach((listener) -> listener.removed(fingerprints, known)));
		}
	}

	private static RemovalCause causeOf(com.github.benmanes.caffeine.cache.RemovalCause cause) {
		return switch (cause) {
			case EXPLICIT, COLLECTED -> RemovalCause.EVICTED;
			case REPLACED -> RemovalCause.REPLACED;
			case SIZE -> RemovalCause.SIZE;
			case EXPIRED -> RemovalCause.EXPIRED;
		};
	}

	/**
	 * Collects the settings of a {@link CaffeineCacheStore}.
	 */
	public static final class Builder {

		private static final long DEFAULT_WEIGHT = 64L * 1024 * 1024;

		private long maximumWeight = DEFAULT_WEIGHT;

		private long retention = Long.MAX_VALUE;

		private InstantSource clock = InstantSource.system();

		private Ticker ticker = Ticker.systemTicker();

		private Executor executor = ForkJoinPool.commonPool();

		private Builder() {
		}

		/**
		 * Set the bound.
		 * @param bytes the sum of the entries' {@link StoredEntry#weight() weights}, at
		 * least 0
		 * @return this builder
		 */
		public Builder maximumWeight(long bytes) {
			this.maximumWeight = bytes;
			return this;
		}

		/**
		 * Set how long any entry is kept at most, even if it could be kept longer: for a
		 * store that is near in front of a far one.
		 * @param retention how long from the moment of putting, more than zero
		 * @return this builder
		 */
		public Builder retention(Duration retention) {
			this.retention = TimeUnit.NANOSECONDS.convert(retention);
			return this;
		}

		/**
		 * Set the wall clock, by which the distance to the end of an entry is measured
		 * when it is put.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set the monotonic clock, by which entries expire.
		 * @param ticker the clock
		 * @return this builder
		 */
		public Builder ticker(Ticker ticker) {
			this.ticker = ticker;
			return this;
		}

		/**
		 * Set what tells listeners of removals; the common pool by default. Maintenance
		 * is done by the thread that made it necessary, because that is less work than to
		 * wake another one.
		 * @param executor the executor
		 * @return this builder
		 */
		public Builder executor(Executor executor) {
			this.executor = executor;
			return this;
		}

		/**
		 * Build the store.
		 * @return a new, empty store
		 */
		public CaffeineCacheStore build() {
			return new CaffeineCacheStore(this);
		}

	}

}
