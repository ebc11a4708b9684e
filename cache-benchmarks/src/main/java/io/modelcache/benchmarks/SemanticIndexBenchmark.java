package io.modelcache.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.modelcache.chat.semantic.EmbeddedSemanticIndex;
import io.modelcache.chat.semantic.SemanticIndex.Match;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find the five nearest of many questions in the embedded index, beside
 * loops over the same vectors, and to add one while the index is full.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx5g")
public class SemanticIndexBenchmark {

	/**
	 * How many questions there are in the partition.
	 */
	@Param({ "10000", "100000" })
	public int size;

	private IndexedSentences sentences = IndexedSentences.of(1);

	private EmbeddedSemanticIndex full = EmbeddedSemanticIndex.builder().build();

	private int next;

	/**
	 * Make the vectors and fill the indexes.
	 */
	@Setup
	public void fill() {
		this.sentences = IndexedSentences.of(this.size);
		this.full = this.sentences.indexed();
	}

	/**
	 * Measure a loop.
	 * @return the place of the nearest
	 */
	@Benchmark
	public int plainLoop() {
		return LinearScan.plain(this.sentences.vectors(), query());
	}

	/**
	 * Measure a faster loop.
	 * @return the place of the nearest
	 */
	@Benchmark
	public int unrolledLoop() {
		return LinearScan.unrolled(this.sentences.vectors(), query());
	}

	/**
	 * Measure the index.
	 * @return the five nearest
	 */
	@Benchmark
	public List<Match> embeddedIndex() {
		return this.sentences.index().nearest(IndexedSentences.PARTITION, query(), 5);
	}

	/**
	 * Measure the addition of an entry, for which the oldest one goes.
	 * @return the number of entries
	 */
	@Benchmark
	public long addToFullIndex() {
		int number = this.next++;
		this.full.add(IndexedSentences.PARTITION, this.sentences.entry(number % this.size, this.size + number));
		return this.full.size();
	}

	private float[] query() {
		float[][] queries = this.sentences.queries();
		return queries[this.next++ % queries.length];
	}

}
