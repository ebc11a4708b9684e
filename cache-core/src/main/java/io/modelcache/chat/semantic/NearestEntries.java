package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.modelcache.chat.semantic.SemanticIndex.Match;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a partition that are nearest to a vector.
 * <p>
 * In a large partition it is the bits that propose; only the vectors of the nearest ones
 * by bits are compared, as many of them as could be among the nearest in truth.
 */
final class NearestEntries {

	/**
	 * A partition up to this size is compared vector by vector, which is cheaper.
	 */
	static final int PLAIN = 128;

	/**
	 * How many vectors are compared in any case.
	 */
	private static final int COMPARED = 64;

	/**
	 * Entries at least as near as this are found, if they are not too many.
	 */
	private static final double NEAR = 0.7;

	private static final Comparator<Match> NEAREST_LAST = Comparator.comparingDouble(Match::similarity)
		.thenComparing(Match::key, Comparator.reverseOrder());

	private final IndexPartition partition;

	private final float[] vector;

	private final int limit;

	private final long now;

	private final PriorityQueue<Match> nearest = new PriorityQueue<>(NEAREST_LAST);

	private final List<IndexedEntry> ended = new ArrayList<>();

	NearestEntries(IndexPartition partition, float[] vector, int limit, long now) {
		this.partition = partition;
		this.vector = vector;
		this.limit = limit;
		this.now = now;
	}

	static boolean isLarge(IndexPartition partition) {
		return partition.size() > PLAIN;
	}

	/**
	 * Return the entries that were met and have ended.
	 */
	List<IndexedEntry> ended() {
		return this.ended;
	}

	void compareAll() {
		this.nearest.clear();
		this.ended.clear();
		for (int position = 0; position < this.partition.size(); position++) {
			compare(position);
		}
	}

	/**
	 * Compare those whose bits are nearest. If most of them have ended, all are compared.
	 * @param bits those of the vector
	 */
	void compareLikely(long[] bits) {
		Candidates candidates = new Candidates();
		this.partition.scan(bits, candidates);
		int certain = candidates.differencesOf(COMPARED);
		compare(candidates, -1, certain);
		if (this.ended.size() > COMPARED / 2) {
			compareAll();
			return;
		}
		Match worst = this.nearest.peek();
		double bound = (worst != null && this.nearest.size() == this.limit) ? worst.similarity() : -1;
		compare(candidates, certain, SignHash.mostDifferences(Math.max(bound, NEAR)));
	}

	private void compare(Candidates candidates, int above, int upTo) {
		for (int i = 0; i < candidates.count(); i++) {
			int differences = candidates.differences(i);
			if (differences > above && differences <= upTo) {
				compare(candidates.position(i));
			}
		}
	}

	private void compare(int position) {
		IndexedEntry entry = this.partition.entry(position);
		if (entry.hasEnded(this.now)) {
			this.ended.add(entry);
			return;
		}
		double similarity = UnitVector.cosine(this.vector, entry.vector);
		Match worst = (this.nearest.size() == this.limit) ? this.nearest.peek() : null;
		if (worst == null || similarity >= worst.similarity()) {
			this.nearest.add(new Match(entry.key, similarity));
			if (worst != null) {
				this.nearest.remove();
			}
		}
	}

	List<Match> matches() {
		List<Match> matches = new ArrayList<>(this.nearest);
		matches.sort(NEAREST_LAST.reversed());
		return List.copyOf(matches);
	}

}
