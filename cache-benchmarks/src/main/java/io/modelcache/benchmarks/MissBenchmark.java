package io.modelcache.benchmarks;

import java.util.concurrent.TimeUnit;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a miss adds to a model that answers at once: key, lookup, single flight, encoding,
 * storing, and evicting once the store is full. No question is asked twice.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MissBenchmark {

	private final ChatModel bare = new OneAnswer();

	private final ChatModel model = CachingChatModel.builder(this.bare)
		.store(CaffeineCacheStore.ofMaximumWeight(64_000_000))
		.build();

	private long asked;

	/**
	 * Make sure that what is measured are misses whose answers are stored.
	 */
	@Setup
	public void check() {
		CacheStatus status = CacheStatus.of(modelCache());
		if (status.hit() || !status.stored()) {
			throw new IllegalStateException("There is nothing to measure: " + status);
		}
	}

	/**
	 * Measure the model alone.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse bare() {
		return this.bare.call(next());
	}

	/**
	 * Measure the decorated model.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse modelCache() {
		return this.model.call(next());
	}

	/**
	 * Measure a stream of the model alone, to its last chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse bareStream() {
		return this.bare.stream(next()).blockLast();
	}

	/**
	 * Measure a stream of the decorated model, to its last chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse modelCacheStream() {
		return this.model.stream(next()).blockLast();
	}

	private Prompt next() {
		return new Prompt("What is " + this.asked++ + "?");
	}

}
