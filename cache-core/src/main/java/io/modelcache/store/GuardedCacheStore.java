package io.modelcache.store;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoreUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a store that can be slow, down or hung, so that its callers never
 * notice.
 * <ol>
 * <li>A read waits for at most {@link GuardLimits#timeout() a deadline}; large ones are
 * cut into slices of 256 fingerprints with a deadline each, and if one of them fails,
 * what was found until then {@linkplain PartialReadException is handed on}. A store that
 * is an {@link AsyncCacheStore} is not waited for by any thread but the caller's; another
 * one is called on a thread of the guard, or in place if it {@linkplain PunctualStore can
 * be back in time} or {@linkplain GuardedCacheStoreBuilder#inProcess() cannot hang}.</li>
 * <li>A write returns at once. The entry is written in the background; until then readers
 * find it here. If the background cannot keep up, entries are refused.</li>
 * <li>When a call does not come back in time or loses its connection, or when too many
 * fail, the store is left alone for a while: callers get a
 * {@link StoreUnavailableException} at no cost. Reads and writes are judged apart, so
 * that a read-only server still answers; one that cannot be read is not written to,
 * either. After that while one call is made in the background to see whether the store is
 * back.</li>
 * <li>A call on a thread of the guard that still runs half a minute after its deadline is
 * {@linkplain AbortableStore aborted} if the store can do that, or a server that vanishes
 * without a word would keep the thread and its connection for good.</li>
 * <li>{@link #evictAll}, {@link #stats} and leases wait for a deadline as reads do.
 * {@link #evict} and {@link #scan} are for administration: they are asked of the store
 * directly and take as long as they take.</li>
 * <li>An eviction must not be overtaken by a write that was taken before it. It gives up
 * what waits, and it waits for what the store is writing: {@link #evictAll} for a
 * deadline, {@link #evict} for ten. Then it removes. If the store may still write such an
 * entry afterwards, a {@link StoreUnavailableException} says that it may come back.</li>
 * </ol>
 * The circuit breaker and the bulkhead are those of Resilience4j. Safe for use by several
 * threads.
 */
public final class GuardedCacheStore implements CacheStore, AutoCloseable {

	private static final int SLICE = 256;

	private static final List<Fingerprint> NOBODY = List.of(new Fingerprint(0, 0, 0, 0));

	private final CacheStore store;

	private final String name;

	private final InstantSource clock;

	private final GuardLimits limits;

	private final CallMode mode;

	private final @Nullable AsyncCacheStore async;

	private final @Nullable PunctualStore punctual;

	private final StoreListener listener;

	private final ExecutorService executor;

	private final OverdueCalls overdue;

	private final StoreGate reads;

	private final StoreGate writes;

	private final WriteQueue queue;

	GuardedCacheStore(GuardedCacheStoreBuilder builder) {
		this.store = builder.store;
		this.name = builder.name;
		this.clock = builder.clock;
		this.limits = builder.limits;
		this.mode = builder.mode;
		this.listener = builder.listener;
		this.async = otherWay(builder, AsyncCacheStore.class);
		this.punctual = otherWay(builder, PunctualStore.class);
		this.executor = GuardThreads.named("modelcache-" + builder.name);
		this.overdue = new OverdueCalls(builder.store.capability(AbortableStore.class), builder.abortAfter,
				this.executor);
		this.reads = gate(builder, "reads", read(NOBODY));
		this.writes = gate(builder, "writes", eviction(NOBODY));
		this.queue = new WriteQueue(this::writeSlice, this.executor);
	}

	/**
	 * Another way of a store to do the same. Whatever stands before a store must not be
	 * passed by, so it is not asked for {@linkplain CacheStore#capability what is behind}
	 * it.
	 */
	private static <T> @Nullable T otherWay(GuardedCacheStoreBuilder builder, Class<T> way) {
		return (builder.mode == CallMode.HANDED_OVER && way.isInstance(builder.store)) ? way.cast(builder.store) : null;
	}

	private StoreGate gate(GuardedCacheStoreBuilder builder, String direction, Attempt<?> trial) {
		return new StoreGate(this.name, direction, this.limits, builder.disconnected,
				builder.clock.withZone(ZoneOffset.UTC), this.executor, trial);
	}

	/**
	 * Start with the default limits and a store that is in another process.
	 * @param store the store
	 * @return a builder
	 */
	public static GuardedCacheStoreBuilder builder(CacheStore store) {
		return new GuardedCacheStoreBuilder(store);
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		Map<Fingerprint, StoredEntry> found = new HashMap<>(fingerprints.size() * 2);
		List<Fingerprint> elsewhere = new ArrayList<>(fingerprints.size());
		for (Fingerprint fingerprint : fingerprints) {
			StoredEntry entry = onItsWay(fingerprint);
			if (entry != null) {
				found.put(fingerprint, entry);
			}
			else {
				elsewhere.add(fingerprint);
			}
		}
		for (int start = 0; start < elsewhere.size(); start += SLICE) {
			List<Fingerprint> slice = elsewhere.subList(start, Math.min(start + SLICE, elsewhere.size()));
			try {
				found.putAll(this.reads.call(read(slice)));
			}
			catch (RuntimeException ex) {
				throw PartialReadException.after(found, ex);
			}
		}
		return found;
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		StoredEntry entry = onItsWay(fingerprint);
		return (entry != null) ? entry : this.reads.call(read(List.of(fingerprint))).get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		if (!this.reads.isOpen() || (!this.writes.isOpen() && !this.writes.isDue())) {
			throw new StoreUnavailableException(this.name, Reason.OPEN);
		}
		try {
			if (!this.queue.offer(entries)) {
				throw new StoreUnavailableException(this.name, Reason.FULL);
			}
		}
		catch (RejectedExecutionException ex) {
			throw new StoreUnavailableException(this.name, Reason.CLOSED);
		}
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		Set<Fingerprint> gone = new HashSet<>(fingerprints);
		Predicate<StoredEntry> which = (entry) -> gone.contains(entry.fingerprint());
		this.queue.remove(which);
		boolean settled = this.queue.settle(which, this.limits.timeout());
		this.writes.call(eviction(List.copyOf(gone)));
		require(settled);
	}

	@Override
	public long evict(Selector selector) {
		int removed = this.queue.remove(selector::matches);
		boolean settled = this.queue.settle(selector::matches, patience());
		long evicted = removed + this.store.evict(selector);
		require(settled);
		return evicted;
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		this.queue.flush(selector::matches, this.limits.timeout());
		return this.store.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		this.queue.flush((entry) -> true, this.limits.timeout());
		return this.reads.call(attempt(this.store::stats));
	}

	@Override
	public boolean blocking() {
		return this.store.blocking();
	}

	@Override
	public <T> @Nullable T capability(Class<T> type) {
		LeaseStore leases = (type == LeaseStore.class) ? this.store.capability(LeaseStore.class) : null;
		if (leases != null) {
			return type.cast(new GuardedLeases(leases, this));
		}
		return type.isInstance(this) ? type.cast(this) : this.store.capability(type);
	}

	/**
	 * Tell whether the store is asked at the moment.
	 * @return how it is
	 */
	public StoreHealth health() {
		return new StoreHealth(this.name, this.reads.isOpen(), this.writes.isOpen(), this.queue.size());
	}

	/**
	 * Wait until what waits is written, for at most ten deadlines.
	 */
	public void flush() {
		this.queue.flush((entry) -> true, patience());
	}

	/**
	 * {@linkplain #flush() Flush} and end. The store itself is not closed.
	 */
	@Override
	public void close() {
		flush();
		this.executor.shutdown();
	}

	/**
	 * Make a call that changes something, on behalf of somebody who waits.
	 */
	<T> T change(Supplier<T> call) {
		return this.writes.call(attempt(call));
	}

	/**
	 * Wait until an entry is written, for at most a deadline.
	 */
	void flush(Fingerprint fingerprint) {
		this.queue.flush((entry) -> entry.fingerprint().equals(fingerprint), this.limits.timeout());
	}

	private Duration patience() {
		return this.limits.timeout().multipliedBy(StoreGate.PATIENCE);
	}

	/**
	 * What the store may still write after an eviction may bring an entry back.
	 */
	private void require(boolean settled) {
		if (!settled) {
			throw new StoreUnavailableException(this.name,
					Thread.currentThread().isInterrupted() ? Reason.INTERRUPTED : Reason.TIMEOUT);
		}
	}

	/**
	 * An entry whose time is over while it waits is not found any more.
	 */
	private @Nullable StoredEntry onItsWay(Fingerprint fingerprint) {
		StoredEntry entry = this.queue.find(fingerprint);
		return (entry != null && this.clock.millis() < entry.keepUntil().toEpochMilli()) ? entry : null;
	}

	private void writeSlice(List<StoredEntry> entries, Runnable ended) {
		try {
			this.writes.callUnwatched(write(entries), ended);
		}
		catch (Throwable ex) {
			this.listener.onLost(entries, ex);
		}
	}

	private Attempt<Map<Fingerprint, StoredEntry>> read(Collection<Fingerprint> fingerprints) {
		AsyncCacheStore asked = this.async;
		if (asked != null) {
			return attempt((Asking<Map<Fingerprint, StoredEntry>>) () -> asked.getAllAsync(fingerprints));
		}
		Attempt<Map<Fingerprint, StoredEntry>> attempt = attempt(() -> this.store.getAll(fingerprints));
		PunctualStore early = this.punctual;
		return (early != null && !this.executor.isShutdown())
				? new PunctualRead(early, fingerprints, this.limits.timeout(), attempt) : attempt;
	}

	private Attempt<?> write(Collection<StoredEntry> entries) {
		AsyncCacheStore asked = this.async;
		return (asked != null) ? attempt((Asking<Void>) () -> asked.putAllAsync(entries)) : attempt(() -> {
			this.store.putAll(entries);
			return true;
		});
	}

	private Attempt<?> eviction(Collection<Fingerprint> fingerprints) {
		AsyncCacheStore asked = this.async;
		return (asked != null) ? attempt((Asking<Void>) () -> asked.evictAllAsync(fingerprints)) : attempt(() -> {
			this.store.evictAll(fingerprints);
			return true;
		});
	}

	private <T> Attempt<T> attempt(Supplier<T> call) {
		return (ended) -> this.mode.start(call, ended, this.executor, this.overdue::watch);
	}

	private static <T> Attempt<T> attempt(Asking<T> asking) {
		return (ended) -> {
			CompletableFuture<T> answer = asking.ask();
			CompletableFuture<T> unused = answer.whenComplete((value, failure) -> ended.run());
			return answer;
		};
	}

	/**
	 * Asks a store that does not need a thread to be waited for.
	 *
	 * @param <T> the type of the answer
	 */
	@FunctionalInterface
	private interface Asking<T> {

		CompletableFuture<T> ask();

	}

}
