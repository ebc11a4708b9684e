package io.modelcache.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What an exact hit costs with an answer of 1 kB, beside the least that a safe cache in
 * this JVM must do: digest the words, look the digest up.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HitBenchmark {

	private static final long MAXIMUM_WEIGHT = 64_000_000;

	/**
	 * The request that is asked again and again.
	 */
	@Param
	public Request request = Request.QUESTION;

	private final Cache<ByteBuffer, String> bare = Caffeine.newBuilder()
		.maximumWeight(MAXIMUM_WEIGHT)
		.<ByteBuffer, String>weigher((key, value) -> key.capacity() + value.length())
		.build();

	private final ChatModel model = CachingChatModel.builder(new OneAnswer())
		.store(CaffeineCacheStore.ofMaximumWeight(MAXIMUM_WEIGHT))
		.build();

	private String text = "";

	private Prompt prompt = new Prompt("");

	/**
	 * Store the answer, and make sure that what is measured is a hit.
	 */
	@Setup
	public void store() {
		this.text = this.request.text();
		this.bare.put(Digests.sha256(this.text), OneAnswer.TEXT);
		this.prompt = this.request.prompt();
		this.model.call(this.prompt);
		if (bare() == null || !CacheStatus.of(modelCache()).hit()) {
			throw new IllegalStateException("There is nothing to measure: the second call was not a hit");
		}
	}

	/**
	 * Measure SHA-256 and Caffeine.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable String bare() {
		return this.bare.getIfPresent(Digests.sha256(this.text));
	}

	/**
	 * Measure the decorated model.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse modelCache() {
		return this.model.call(this.prompt);
	}

}
