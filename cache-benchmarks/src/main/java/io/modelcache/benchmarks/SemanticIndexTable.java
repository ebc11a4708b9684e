package io.modelcache.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import io.modelcache.chat.semantic.EmbeddedSemanticIndex;
import io.modelcache.chat.semantic.SemanticIndex.Match;

/**
 * Prints, for several sizes of one partition, how long a search takes in the embedded
 * index and in loops over the same vectors, what it misses, what changes cost and how
 * much heap an entry takes.
 */
public final class SemanticIndexTable {

	private static final int WARM_UP = 3000;

	private static final double NEAR = 0.8;

	private static final int REMOVED = 5000;

	private static volatile int sink;

	private SemanticIndexTable() {
	}

	/**
	 * Measure and print.
	 * @param args the sizes; 10,000, 100,000 and 1,000,000 if there are none
	 */
	public static void main(String[] args) {
		List<String> sizes = (args.length > 0) ? List.of(args) : List.of("10000", "100000", "1000000");
		warmUp();
		System.out.println("| entries | plain loop p50 | unrolled loop p50 | index p50 | faster than plain, unrolled "
				+ "| recall@1 at cosine >= 0.8 | below | insert | remove | bytes an entry |");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|");
		sizes.forEach((size) -> System.out.println(row(Integer.parseInt(size))));
	}

	private static String row(int size) {
		IndexedSentences sentences = IndexedSentences.of(size);
		float[][] queries = sentences.queries();
		int[] nearest = new int[queries.length];
		double plain = median(queries.length, (i) -> nearest[i] = LinearScan.plain(sentences.vectors(), queries[i]));
		double unrolled = median(queries.length, (i) -> sink = LinearScan.unrolled(sentences.vectors(), queries[i]));
		double index = median(queries.length, (i) -> find(sentences, queries[i]));
		String recall = recall(sentences, nearest, true) + " | " + recall(sentences, nearest, false);
		double[] cost = costOfChanges(sentences);
		return "| %,d | %.3f ms | %.3f ms | %.3f ms | %.0f x, %.0f x | %s | %.1f us | %.1f us | %,.0f |".formatted(size,
				plain / 1000, unrolled / 1000, index / 1000, plain / index, unrolled / index, recall, cost[0], cost[1],
				cost[2]);
	}

	private static List<Match> find(IndexedSentences sentences, float[] query) {
		List<Match> found = sentences.index().nearest(IndexedSentences.PARTITION, query, 5);
		sink = found.size();
		return found;
	}

	private static String recall(IndexedSentences sentences, int[] nearest, boolean near) {
		int asked = 0;
		int found = 0;
		for (int i = 0; i < nearest.length; i++) {
			float[] query = sentences.queries()[i];
			if ((LinearScan.dot(sentences.vectors()[nearest[i]], query) >= NEAR) == near) {
				asked++;
				found += find(sentences, query).get(0).key().equals(IndexedSentences.key(nearest[i])) ? 1 : 0;
			}
		}
		return "%d of %d".formatted(found, asked);
	}

	/**
	 * Fill an index, and remove some of it.
	 * @return microseconds per insertion and removal, bytes per entry
	 */
	private static double[] costOfChanges(IndexedSentences sentences) {
		int size = sentences.vectors().length;
		long before = HeapFootprint.usedHeap();
		long start = cpuTime();
		EmbeddedSemanticIndex index = sentences.indexed();
		double insert = (cpuTime() - start) / 1e3 / size;
		double bytes = (double) (HeapFootprint.usedHeap() - before) / size;
		int removed = Math.min(size, REMOVED);
		start = cpuTime();
		for (int i = 0; i < removed; i++) {
			index.remove(IndexedSentences.PARTITION, IndexedSentences.key(i));
		}
		double remove = (cpuTime() - start) / 1e3 / removed;
		return new double[] { insert, remove, bytes };
	}

	/**
	 * Return the median of the times of some actions, in microseconds.
	 */
	private static double median(int times, IntConsumer action) {
		long[] nanos = new long[times];
		for (int i = 0; i < times; i++) {
			long start = cpuTime();
			action.accept(i);
			nanos[i] = cpuTime() - start;
		}
		Arrays.sort(nanos);
		return nanos[times / 2] / 1e3;
	}

	/**
	 * Return the time that this thread has had, so that others on the machine matter
	 * less.
	 */
	private static long cpuTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static void warmUp() {
		IndexedSentences few = IndexedSentences.of(WARM_UP);
		Stream.of(few.queries()).forEach((query) -> {
			for (int i = 0; i < 10; i++) {
				sink = LinearScan.plain(few.vectors(), query) + LinearScan.unrolled(few.vectors(), query);
				find(few, query);
			}
		});
		costOfChanges(few);
	}

}
