package io.modelcache.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way to a store, written in the background in slices and found by
 * readers until they are there.
 * <p>
 * At most one slice is under way at a time, so that of two entries with one fingerprint
 * the later one stays. A slice that was given up because the store does not answer is no
 * longer found, but it is unfinished until the store can no longer write it. The lock is
 * held for moments only, never while the store is asked. Safe for use by several threads.
 */
final class WriteQueue {

	private static final int MAX_ENTRIES = 10_000;

	private static final long MAX_BYTES = 16L << 20;

	private static final int SLICE_ENTRIES = 256;

	private static final long SLICE_BYTES = 1L << 20;

	private final SliceWriter writer;

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Map<Fingerprint, StoredEntry> waiting = new LinkedHashMap<>();

	private final Map<Fingerprint, StoredEntry> underWay = new HashMap<>();

	private final Set<List<StoredEntry>> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());

	private List<StoredEntry> current = List.of();

	private long waitingBytes;

	private boolean writing;

	private volatile boolean empty = true;

	WriteQueue(SliceWriter writer, Executor executor) {
		this.writer = writer;
		this.executor = executor;
	}

	/**
	 * Take entries to be written.
	 * @return whether there was room for all of them; if not, none was taken
	 * @throws RejectedExecutionException if nothing is written any more
	 */
	boolean offer(Collection<StoredEntry> entries) {
		this.lock.lock();
		try {
			long bytes = entries.stream().mapToLong(StoredEntry::weight).sum();
			boolean room = this.waiting.isEmpty()
					|| (this.waiting.size() + entries.size() <= MAX_ENTRIES && this.waitingBytes + bytes <= MAX_BYTES);
			if (!room) {
				return false;
			}
			if (!this.writing) {
				this.executor.execute(this::write);
				this.writing = true;
			}
			for (StoredEntry entry : entries) {
				StoredEntry before = this.waiting.put(entry.fingerprint(), entry);
				this.waitingBytes += entry.weight() - ((before != null) ? before.weight() : 0);
			}
			this.empty = false;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Find an entry that is on its way.
	 */
	@Nullable StoredEntry find(Fingerprint fingerprint) {
		if (this.empty) {
			return null;
		}
		this.lock.lock();
		try {
			StoredEntry entry = this.waiting.get(fingerprint);
			return (entry != null) ? entry : this.underWay.get(fingerprint);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Give up entries that wait.
	 * @return how many were given up
	 */
	int remove(Predicate<StoredEntry> which) {
		if (this.empty) {
			return 0;
		}
		this.lock.lock();
		try {
			int removed = 0;
			Iterator<StoredEntry> entries = this.waiting.values().iterator();
			while (entries.hasNext()) {
				StoredEntry entry = entries.next();
				if (which.test(entry)) {
					entries.remove();
					this.waitingBytes -= entry.weight();
					removed++;
				}
			}
			return removed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for entries that can no longer be given up. Those that are taken meanwhile are
	 * not waited for.
	 * @return whether the store can no longer write any of them, and none is found here
	 */
	boolean settle(Predicate<StoredEntry> which, Duration atMost) {
		this.lock.lock();
		try {
			List<List<StoredEntry>> slices = Stream.concat(this.unfinished.stream(), Stream.of(this.current))
				.filter((slice) -> slice.stream().anyMatch(which))
				.toList();
			return await(() -> slices.stream().noneMatch(this::isUnsettled), atMost);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until an entry is where it shall be.
	 */
	void flush(Predicate<StoredEntry> which, Duration atMost) {
		if (this.empty) {
			return;
		}
		this.lock.lock();
		try {
			await(() -> this.underWay.values().stream().noneMatch(which)
					&& this.waiting.values().stream().noneMatch(which), atMost);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return how many entries are not yet written.
	 */
	int size() {
		this.lock.lock();
		try {
			return this.waiting.size() + this.underWay.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isUnsettled(List<StoredEntry> slice) {
		return slice == this.current || this.unfinished.contains(slice);
	}

	private boolean await(BooleanSupplier condition, Duration atMost) {
		long nanos = atMost.toNanos();
		try {
			while (!condition.getAsBoolean() && nanos > 0) {
				nanos = this.changed.awaitNanos(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return condition.getAsBoolean();
	}

	private void write() {
		boolean done = false;
		try {
			for (List<StoredEntry> slice = next(); !slice.isEmpty(); slice = next()) {
				write(slice);
			}
			done = true;
		}
		finally {
			if (!done) {
				pause();
			}
		}
	}

	private void write(List<StoredEntry> slice) {
		this.writer.write(slice, () -> ended(slice));
	}

	/**
	 * The store can no longer write a slice, whether it was given up or not.
	 */
	private void ended(List<StoredEntry> slice) {
		this.lock.lock();
		try {
			this.unfinished.remove(slice);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let the next entry that is taken start the writing again.
	 */
	private void pause() {
		this.lock.lock();
		try {
			this.underWay.clear();
			this.current = List.of();
			this.writing = false;
			this.empty = this.waiting.isEmpty();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Finish the slice before and take the next one.
	 */
	private List<StoredEntry> next() {
		this.lock.lock();
		try {
			this.underWay.clear();
			List<StoredEntry> slice = new ArrayList<>();
			long bytes = 0;
			Iterator<StoredEntry> entries = this.waiting.values().iterator();
			while (entries.hasNext() && slice.size() < SLICE_ENTRIES && bytes < SLICE_BYTES) {
				StoredEntry entry = entries.next();
				entries.remove();
				slice.add(entry);
				bytes += entry.weight();
				this.underWay.put(entry.fingerprint(), entry);
			}
			this.waitingBytes -= bytes;
			this.current = slice;
			if (!slice.isEmpty()) {
				this.unfinished.add(slice);
			}
			this.writing = !slice.isEmpty();
			this.empty = slice.isEmpty();
			this.changed.signalAll();
			return slice;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Writes some entries.
	 */
	@FunctionalInterface
	interface SliceWriter {

		/**
		 * Write entries, or do without them; throws nothing but errors of the JVM.
		 * @param entries the entries
		 * @param ended to be run once the store can no longer write them, which may be
		 * later than this returns
		 */
		void write(List<StoredEntry> entries, Runnable ended);

	}

}
