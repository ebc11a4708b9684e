package io.modelcache.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.modelcache.CacheListener;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.key.Fingerprint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * What a batch of 1,000 texts costs of which 900 are cached in Redis, with vectors of
 * 1,536 dimensions, beside a bare MGET and 100 pipelined SETs of as many bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RedisBatchBenchmark {

	private static final int TEXTS = 1_000;

	private static final int MISSING = 100;

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final RedisServerState redis = new RedisServerState();

	private final List<Fingerprint> news = new ArrayList<>();

	private final OneVector provider = new OneVector();

	private final EmbeddingModel model = CachingEmbeddingModel.builder(this.provider)
		.store(this.redis.store())
		.listener(new CacheListener() {

			@Override
			public void onStore(String cache, Fingerprint key, int bytes) {
				RedisBatchBenchmark.this.news.add(key);
			}

		})
		.build();

	private final List<String> texts = new ArrayList<>();

	private byte[][] keys = new byte[0][];

	private byte[] value = new byte[0];

	/**
	 * Fill the cache, and make sure that what is measured is what is said.
	 */
	@Setup
	public void fill() {
		for (int i = 0; i < TEXTS; i++) {
			this.texts.add("text " + i);
		}
		this.model.embed(this.texts.subList(MISSING, TEXTS));
		this.value = this.redis.bare().sync().get(this.redis.bare().sync().keys("*").get(0));
		this.keys = new byte[TEXTS][];
		for (int i = 0; i < TEXTS; i++) {
			this.keys[i] = "bare:%068d".formatted(i).getBytes(StandardCharsets.UTF_8);
			if (i >= MISSING) {
				this.redis.bare().sync().set(this.keys[i], this.value);
			}
		}
		this.news.clear();
		long asked = this.provider.texts();
		modelCache();
		if (this.provider.texts() - asked != MISSING || this.news.size() != MISSING) {
			throw new IllegalStateException("The cache knows other texts than those it should");
		}
	}

	/**
	 * Forget what the last run has added.
	 */
	@Setup(Level.Invocation)
	public void forget() {
		this.redis.store().evictAll(this.news);
		this.news.clear();
		this.redis.bare().sync().unlink(Arrays.copyOf(this.keys, MISSING));
	}

	/**
	 * Stop the server.
	 */
	@TearDown
	public void stop() {
		this.redis.close();
	}

	/**
	 * Measure MGET and pipelined SETs.
	 * @return what was there
	 */
	@Benchmark
	public List<KeyValue<byte[], byte[]>> bare() {
		List<KeyValue<byte[], byte[]>> found = this.redis.bare().sync().mget(this.keys);
		RedisFuture<?>[] written = new RedisFuture<?>[MISSING];
		for (int i = 0; i < MISSING; i++) {
			written[i] = this.redis.bare().async().set(this.keys[i], this.value, SetArgs.Builder.px(DAY));
		}
		if (!LettuceFutures.awaitAll(PATIENCE, written)) {
			throw new IllegalStateException("Redis is too slow");
		}
		return found;
	}

	/**
	 * Measure the decorated model.
	 * @return the vectors
	 */
	@Benchmark
	public List<float[]> modelCache() {
		return this.model.embed(this.texts);
	}

}
