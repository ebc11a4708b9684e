package io.modelcache.chat.semantic;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Some entries of a partition with their bits side by side.
 * <p>
 * A place is filled once and never changed: whoever knows how many places are filled can
 * read these without a lock. To empty a place, or to have more of them, a copy is made.
 */
final class IndexSegment {

	static final int CAPACITY = 256;

	private final long[] bits;

	private final @Nullable IndexedEntry[] entries;

	IndexSegment() {
		this(new long[SignHash.WORDS], new @Nullable IndexedEntry[1]);
	}

	private IndexSegment(long[] bits, @Nullable IndexedEntry[] entries) {
		this.bits = bits;
		this.entries = entries;
	}

	/**
	 * Copy the first places.
	 * @param filled how many
	 * @param needed how many places the copy has at least
	 */
	IndexSegment copy(int filled, int needed) {
		int capacity = (needed <= 1) ? 1 : Integer.highestOneBit(needed - 1) << 1;
		@Nullable IndexedEntry[] copied = new @Nullable IndexedEntry[capacity];
		System.arraycopy(this.entries, 0, copied, 0, filled);
		return new IndexSegment(Arrays.copyOf(this.bits, capacity * SignHash.WORDS), copied);
	}

	boolean hasPlace(int slot) {
		return slot < this.entries.length;
	}

	IndexedEntry entry(int slot) {
		return Objects.requireNonNull(this.entries[slot]);
	}

	long[] bits(int slot) {
		return Arrays.copyOfRange(this.bits, slot * SignHash.WORDS, (slot + 1) * SignHash.WORDS);
	}

	void fill(int slot, IndexedEntry entry, long[] bits) {
		System.arraycopy(bits, 0, this.bits, slot * SignHash.WORDS, SignHash.WORDS);
		this.entries[slot] = entry;
	}

	/**
	 * Collect the entries whose bits are nearest.
	 * @param first the place of the first entry in the partition
	 * @param filled how many places are filled
	 */
	void scan(long[] query, int first, int filled, Candidates candidates) {
		long[] all = this.bits;
		long q0 = query[0];
		long q1 = query[1];
		long q2 = query[2];
		long q3 = query[3];
		long q4 = query[4];
		long q5 = query[5];
		int limit = candidates.limit();
		int at = 0;
		for (int slot = 0; slot < filled; slot++) {
			int differences = Long.bitCount(all[at] ^ q0) + Long.bitCount(all[at + 1] ^ q1)
					+ Long.bitCount(all[at + 2] ^ q2) + Long.bitCount(all[at + 3] ^ q3)
					+ Long.bitCount(all[at + 4] ^ q4) + Long.bitCount(all[at + 5] ^ q5);
			if (differences < limit) {
				limit = candidates.add(first + slot, differences);
			}
			at += SignHash.WORDS;
		}
	}

}
