package io.modelcache.benchmarks;

import java.util.List;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * How long a hit takes to the first chunk of a stream of 258 chunks, and to the last,
 * beside a flux that has the same chunks at hand.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamHitBenchmark {

	/**
	 * The request that is asked again and again.
	 */
	@Param
	public Request request = Request.QUESTION;

	private final OneAnswer delegate = new OneAnswer();

	private final ChatModel model = CachingChatModel.builder(this.delegate)
		.store(CaffeineCacheStore.ofMaximumWeight(64_000_000))
		.build();

	private final List<ChatResponse> chunks = this.delegate.chunks();

	private Prompt prompt = new Prompt("");

	/**
	 * Store the answer, and make sure that what is measured is a hit with all its chunks.
	 */
	@Setup
	public void store() {
		this.prompt = this.request.prompt();
		this.model.stream(this.prompt).blockLast();
		List<ChatResponse> replayed = this.model.stream(this.prompt).collectList().block();
		if (replayed == null || replayed.size() != this.chunks.size()
				|| !CacheStatus.of(replayed.get(replayed.size() - 1)).hit()) {
			throw new IllegalStateException("There is nothing to measure: the second stream was not a hit");
		}
	}

	/**
	 * Measure a flux to its first chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse bareFirst() {
		return Flux.fromIterable(this.chunks).blockFirst();
	}

	/**
	 * Measure the decorated model to its first chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse modelCacheFirst() {
		return this.model.stream(this.prompt).blockFirst();
	}

	/**
	 * Measure a flux to its last chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse bareLast() {
		return Flux.fromIterable(this.chunks).blockLast();
	}

	/**
	 * Measure the decorated model to its last chunk.
	 * @return the chunk
	 */
	@Benchmark
	public @Nullable ChatResponse modelCacheLast() {
		return this.model.stream(this.prompt).blockLast();
	}

}
