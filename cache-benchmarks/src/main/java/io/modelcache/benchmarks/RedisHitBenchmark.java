package io.modelcache.benchmarks;

import java.util.concurrent.TimeUnit;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TieredCacheStore;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What an exact hit in Redis costs with an answer of 1 kB, beside a bare GET of the same
 * bytes by Lettuce.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RedisHitBenchmark {

	private final RedisServerState redis = new RedisServerState();

	private final ChatModel unguarded = CachingChatModel.builder(new OneAnswer()).store(this.redis.store()).build();

	private final ChatModel model = CachingChatModel.builder(new OneAnswer()).store(this.redis.guarded()).build();

	private final ChatModel near = CachingChatModel.builder(new OneAnswer())
		.store(new TieredCacheStore(CaffeineCacheStore.ofMaximumWeight(64 << 20), this.redis.guarded()))
		.build();

	private final Prompt prompt = Request.QUESTION.prompt();

	private byte[] key = new byte[0];

	private Fingerprint fingerprint = new Fingerprint(0, 0, 0, 0);

	/**
	 * Store the answer, and make sure that what is measured is a hit.
	 */
	@Setup
	public void store() {
		this.unguarded.call(this.prompt);
		this.fingerprint = this.redis.store().scan(Selector.all(), null, 10).entries().get(0).fingerprint();
		this.key = this.redis.bare().sync().keys("*").get(0);
		if (!CacheStatus.of(modelCache()).hit() || !CacheStatus.of(withoutGuard()).hit() || bare() == null) {
			throw new IllegalStateException("There is nothing to measure: the second call was not a hit");
		}
	}

	/**
	 * Stop the server.
	 */
	@TearDown
	public void stop() {
		this.redis.close();
	}

	/**
	 * Measure a GET of the entry.
	 * @return the bytes
	 */
	@Benchmark
	public byte @Nullable [] bare() {
		return this.redis.bare().sync().get(this.key);
	}

	/**
	 * Measure the store alone.
	 * @return the entry
	 */
	@Benchmark
	public @Nullable StoredEntry storeAlone() {
		return this.redis.store().get(this.fingerprint);
	}

	/**
	 * Measure the decorated model without the guard around the store.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse withoutGuard() {
		return this.unguarded.call(this.prompt);
	}

	/**
	 * Measure the decorated model.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse modelCache() {
		return this.model.call(this.prompt);
	}

	/**
	 * Measure the decorated model with a near copy of the answer.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse nearCopy() {
		return this.near.call(this.prompt);
	}

}
