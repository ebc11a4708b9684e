package io.modelcache.chat.semantic;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Some entries of a partition with their bits, word by word: first the first word of each
 * entry, then the second one of each, so that the scan is a loop that the compiler makes
 * fast.
 * <p>
 * A place is filled once and never changed: whoever knows how many places are filled can
 * read these without a lock. To empty a place, or to have more of them, a copy is made.
 */
final class IndexSegment {

	static final int CAPACITY = 256;

	private final long[] words;

	private final @Nullable IndexedEntry[] entries;

	IndexSegment() {
		this(1);
	}

	private IndexSegment(int capacity) {
		this.words = new long[capacity * SignHash.WORDS];
		this.entries = new @Nullable IndexedEntry[capacity];
	}

	/**
	 * Copy the first places.
	 * @param filled how many
	 * @param needed how many places the copy has at least
	 */
	IndexSegment copy(int filled, int needed) {
		IndexSegment copy = new IndexSegment((needed <= 1) ? 1 : Integer.highestOneBit(needed - 1) << 1);
		System.arraycopy(this.entries, 0, copy.entries, 0, filled);
		for (int word = 0; word < SignHash.WORDS; word++) {
			System.arraycopy(this.words, at(word, 0), copy.words, copy.at(word, 0), filled);
		}
		return copy;
	}

	boolean hasPlace(int slot) {
		return slot < this.entries.length;
	}

	IndexedEntry entry(int slot) {
		return Objects.requireNonNull(this.entries[slot]);
	}

	long[] bits(int slot) {
		long[] bits = new long[SignHash.WORDS];
		for (int word = 0; word < bits.length; word++) {
			bits[word] = this.words[at(word, slot)];
		}
		return bits;
	}

	void fill(int slot, IndexedEntry entry, long[] bits) {
		for (int word = 0; word < bits.length; word++) {
			this.words[at(word, slot)] = bits[word];
		}
		this.entries[slot] = entry;
	}

	/**
	 * Collect the entries whose bits are nearest.
	 * @param first the place of the first entry in the partition
	 * @param filled how many places are filled
	 */
	void scan(long[] query, int first, int filled, Candidates candidates) {
		int[] differences = candidates.room();
		count(query, filled, differences);
		int limit = candidates.limit();
		for (int slot = 0; slot < filled; slot++) {
			if (differences[slot] < limit) {
				limit = candidates.add(first + slot, differences[slot]);
			}
		}
	}

	private void count(long[] query, int filled, int[] differences) {
		long[] all = this.words;
		int second = at(1, 0);
		int third = at(2, 0);
		int fourth = at(3, 0);
		int fifth = at(4, 0);
		int sixth = at(5, 0);
		long q0 = query[0];
		long q1 = query[1];
		long q2 = query[2];
		long q3 = query[3];
		long q4 = query[4];
		long q5 = query[5];
		for (int slot = 0; slot < filled; slot++) {
			differences[slot] = Long.bitCount(all[slot] ^ q0) + Long.bitCount(all[second + slot] ^ q1)
					+ Long.bitCount(all[third + slot] ^ q2) + Long.bitCount(all[fourth + slot] ^ q3)
					+ Long.bitCount(all[fifth + slot] ^ q4) + Long.bitCount(all[sixth + slot] ^ q5);
		}
	}

	private int at(int word, int slot) {
		return word * this.entries.length + slot;
	}

}
