package io.modelcache.benchmarks;

import io.modelcache.chat.semantic.EmbeddedSemanticIndex;
import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * Vectors of sentences, an index of them, and other wordings to look for.
 *
 * @param vectors the vectors
 * @param queries vectors of other wordings of some of them, with cosines from about 0.75
 * to 0.98
 * @param index has all the vectors in one partition, and no room for more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndexedSentences(float[][] vectors, float[][] queries, EmbeddedSemanticIndex index) {

	static final Fingerprint PARTITION = new Fingerprint(1, 2, 3, 4);

	private static final int MOST_QUERIES = 500;

	private static final int COMPARISONS = 100_000_000;

	private static final double LEAST_DIFFERENCE = 0.2;

	private static final double MOST_DIFFERENCE = 0.9;

	static IndexedSentences of(int count) {
		SentenceVectors sentences = new SentenceVectors(count);
		float[][] vectors = sentences.sentences(count);
		float[][] queries = new float[Math.min(MOST_QUERIES, COMPARISONS / count)][];
		for (int i = 0; i < queries.length; i++) {
			double difference = LEAST_DIFFERENCE + (MOST_DIFFERENCE - LEAST_DIFFERENCE) * i / queries.length;
			queries[i] = sentences.reworded(vectors[(int) ((long) i * count / queries.length)], difference);
		}
		return new IndexedSentences(vectors, queries, indexed(vectors));
	}

	/**
	 * Make another index of the same vectors.
	 */
	EmbeddedSemanticIndex indexed() {
		return indexed(this.vectors);
	}

	/**
	 * Make an entry.
	 * @param place the place of its vector
	 * @param number what distinguishes it
	 */
	Entry entry(int place, int number) {
		return entry(this.vectors, place, number);
	}

	/**
	 * Return the key of an entry, with bits as even as those of a digest.
	 */
	static Fingerprint key(int number) {
		return new Fingerprint(number * 0x9e37_79b9_7f4a_7c15L, number, 0, 0);
	}

	private static EmbeddedSemanticIndex indexed(float[][] vectors) {
		EmbeddedSemanticIndex index = EmbeddedSemanticIndex.builder().maximumEntries(vectors.length).build();
		for (int i = 0; i < vectors.length; i++) {
			index.add(PARTITION, entry(vectors, i, i));
		}
		return index;
	}

	private static Entry entry(float[][] vectors, int place, int number) {
		return new Entry(key(number), vectors[place], StoredEntry.NEVER);
	}

}
