package io.modelcache.chat.semantic;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.modelcache.key.Fingerprint;

/**
 * Keeps vectors on the heap of this JVM.
 * <p>
 * Partitions of up to 128 entries are searched one by one, so that the answer is exact.
 * In larger ones 384 bits of each vector are compared first: entries with a cosine of at
 * least 0.7 are found unless hundreds of others are nearer, the best ones among less
 * similar ones nearly always. A vector of 384 dimensions takes about 1.8 kB. When there
 * is no room, the oldest entry goes. Searches take no lock, and nothing blocks. Safe for
 * use by several threads.
 */
public final class EmbeddedSemanticIndex implements SemanticIndex {

	/**
	 * How many entries a change looks at, to remove them if they have ended.
	 */
	private static final int SWEPT = 4;

	private final int maximumEntries;

	private final InstantSource clock;

	private final Map<Fingerprint, IndexPartition> partitions = new ConcurrentHashMap<>();

	private final Map<Integer, SignHash> rotations = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private EntryLedger ledger = new EntryLedger();

	private volatile int size;

	private EmbeddedSemanticIndex(Builder builder) {
		this.maximumEntries = builder.maximumEntries;
		this.clock = builder.clock;
	}

	/**
	 * Start with room for 100,000 entries and the system's clock.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public List<Match> nearest(Fingerprint partition, float[] vector, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		float[] unit = UnitVector.of(vector);
		IndexPartition searched = this.partitions.get(partition);
		if (searched == null) {
			return List.of();
		}
		searched.require(unit.length);
		NearestEntries nearest = new NearestEntries(searched, unit, limit, this.clock.millis());
		if (NearestEntries.isLarge(searched)) {
			nearest.compareLikely(rotation(unit).bits(unit));
		}
		else {
			nearest.compareAll();
		}
		if (!nearest.ended().isEmpty()) {
			dropEnded(nearest.ended());
		}
		return nearest.matches();
	}

	@Override
	public void add(Fingerprint partition, Entry entry) {
		float[] unit = UnitVector.of(entry.vector());
		IndexedEntry added = new IndexedEntry(partition, entry.key(), unit, entry.until());
		long[] bits = rotation(unit).bits(unit);
		this.lock.lock();
		try {
			put(added, bits);
			while (this.ledger.size() > this.maximumEntries) {
				drop(Objects.requireNonNull(this.ledger.oldest()));
			}
			sweep();
			this.size = this.ledger.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void remove(Fingerprint partition, Fingerprint key) {
		this.lock.lock();
		try {
			IndexedEntry entry = this.ledger.get(key);
			if (entry != null && entry.partition.equals(partition)) {
				drop(entry);
				this.size = this.ledger.size();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void removeAll(Collection<Fingerprint> keys) {
		for (Fingerprint key : keys) {
			this.lock.lock();
			try {
				IndexedEntry entry = this.ledger.get(key);
				if (entry != null) {
					drop(entry);
					this.size = this.ledger.size();
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	@Override
	public void clear() {
		this.lock.lock();
		try {
			this.partitions.clear();
			this.ledger = new EntryLedger();
			this.size = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public boolean durable() {
		return false;
	}

	@Override
	public boolean blocking() {
		return false;
	}

	private SignHash rotation(float[] vector) {
		return this.rotations.computeIfAbsent(SignHash.sizeFor(vector.length), SignHash::of);
	}

	private void put(IndexedEntry added, long[] bits) {
		IndexPartition partition = this.partitions.get(added.partition);
		if (partition == null) {
			partition = IndexPartition.empty(added.vector.length);
		}
		partition.require(added.vector.length);
		IndexedEntry replaced = this.ledger.get(added.key);
		if (replaced != null && replaced.partition.equals(added.partition)) {
			this.ledger.remove(replaced);
			partition = partition.without(replaced);
		}
		else if (replaced != null) {
			drop(replaced);
		}
		this.ledger.add(added);
		this.partitions.put(added.partition, partition.with(added, bits));
	}

	private void drop(IndexedEntry entry) {
		this.ledger.remove(entry);
		this.partitions.computeIfPresent(entry.partition,
				(key, partition) -> (partition.size() > 1) ? partition.without(entry) : null);
	}

	private void sweep() {
		long now = this.clock.millis();
		for (int i = 0; i < SWEPT; i++) {
			IndexedEntry entry = this.ledger.next();
			if (entry != null && entry.hasEnded(now)) {
				drop(entry);
			}
		}
	}

	/**
	 * Drop what a search has met, unless somebody else is changing something.
	 */
	private void dropEnded(List<IndexedEntry> ended) {
		if (this.lock.tryLock()) {
			try {
				ended.stream().filter(this.ledger::has).forEach(this::drop);
				this.size = this.ledger.size();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Collects the settings of an {@link EmbeddedSemanticIndex}.
	 */
	public static final class Builder {

		private int maximumEntries = 100_000;

		private InstantSource clock = InstantSource.system();

		private Builder() {
		}

		/**
		 * Set how many entries there are at most, of all partitions together.
		 * @param maximumEntries the number, at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if it is less
		 */
		public Builder maximumEntries(int maximumEntries) {
			if (maximumEntries < 1) {
				throw new IllegalArgumentException(
						"'maximumEntries' must be at least 1, not %d".formatted(maximumEntries));
			}
			this.maximumEntries = maximumEntries;
			return this;
		}

		/**
		 * Set the clock by which entries end.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Build the index.
		 * @return a new, empty index
		 */
		public EmbeddedSemanticIndex build() {
			return new EmbeddedSemanticIndex(this);
		}

	}

}
