package io.modelcache.chat.semantic;

import java.util.Arrays;

/**
 * The entries of one partition at one moment. Readers never see it change: whoever adds
 * or removes an entry makes another one, which shares most of its segments.
 */
final class IndexPartition {

	private static final IndexSegment[] NO_SEGMENTS = {};

	private final int dimensions;

	private final IndexSegment[] segments;

	private final int size;

	private IndexPartition(int dimensions, IndexSegment[] segments, int size) {
		this.dimensions = dimensions;
		this.segments = segments;
		this.size = size;
	}

	static IndexPartition empty(int dimensions) {
		return new IndexPartition(dimensions, NO_SEGMENTS, 0);
	}

	int size() {
		return this.size;
	}

	/**
	 * Check that a vector can be compared with those in here.
	 */
	void require(int dimensions) {
		if (dimensions != this.dimensions) {
			throw UnusableVectorException.otherDimensions(dimensions, this.dimensions);
		}
	}

	IndexedEntry entry(int position) {
		return this.segments[position / IndexSegment.CAPACITY].entry(position % IndexSegment.CAPACITY);
	}

	/**
	 * Collect the entries whose bits are nearest.
	 */
	void scan(long[] query, Candidates candidates) {
		for (int i = 0; i < this.segments.length; i++) {
			int first = i * IndexSegment.CAPACITY;
			this.segments[i].scan(query, first, Math.min(IndexSegment.CAPACITY, this.size - first), candidates);
		}
	}

	/**
	 * Add an entry at the end. Readers of this partition do not look at its place, even
	 * if it is in a segment of theirs.
	 */
	IndexPartition with(IndexedEntry entry, long[] bits) {
		int last = this.size / IndexSegment.CAPACITY;
		int slot = this.size % IndexSegment.CAPACITY;
		IndexSegment[] next = this.segments;
		if (last == next.length) {
			next = Arrays.copyOf(next, last + 1);
			next[last] = new IndexSegment();
		}
		else if (!next[last].hasPlace(slot)) {
			next = next.clone();
			next[last] = next[last].copy(slot, slot + 1);
		}
		next[last].fill(slot, entry, bits);
		entry.position = this.size;
		return new IndexPartition(this.dimensions, next, this.size + 1);
	}

	/**
	 * Remove an entry; the last one takes its place.
	 */
	IndexPartition without(IndexedEntry entry) {
		int lastSegment = (this.size - 1) / IndexSegment.CAPACITY;
		int lastSlot = (this.size - 1) % IndexSegment.CAPACITY;
		IndexSegment tail = this.segments[lastSegment];
		IndexSegment[] next = Arrays.copyOf(this.segments, (lastSlot == 0) ? lastSegment : lastSegment + 1);
		if (lastSlot > 0) {
			next[lastSegment] = tail.copy(lastSlot, lastSlot);
		}
		if (entry.position < this.size - 1) {
			int segment = entry.position / IndexSegment.CAPACITY;
			if (segment < lastSegment) {
				next[segment] = next[segment].copy(IndexSegment.CAPACITY, IndexSegment.CAPACITY);
			}
			IndexedEntry moved = tail.entry(lastSlot);
			next[segment].fill(entry.position % IndexSegment.CAPACITY, moved, tail.bits(lastSlot));
			moved.position = entry.position;
		}
		return new IndexPartition(this.dimensions, next, this.size - 1);
	}

}
