package io.modelcache.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelcache.CacheListener;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * What a batch of 1,000 texts of 1,000 characters costs of which most are cached, beside
 * the least that a cache in this JVM must do: digest the texts, look the digests up, copy
 * the arrays, ask for the rest and put copies of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EmbeddingBatchBenchmark {

	private static final long MAXIMUM_WEIGHT = 256_000_000;

	private static final int TEXTS = 1_000;

	private static final int LENGTH = 1_000;

	/**
	 * How many of the texts are cached.
	 */
	@Param({ "900", "1000" })
	public int cached = TEXTS;

	private final OneVector provider = new OneVector();

	private final Cache<ByteBuffer, float[]> bare = Caffeine.newBuilder()
		.maximumWeight(MAXIMUM_WEIGHT)
		.<ByteBuffer, float[]>weigher((key, value) -> key.capacity() + value.length * Float.BYTES)
		.build();

	private final List<ByteBuffer> bareNews = new ArrayList<>();

	private final List<Fingerprint> news = new ArrayList<>();

	private final CaffeineCacheStore store = CaffeineCacheStore.ofMaximumWeight(MAXIMUM_WEIGHT);

	private final EmbeddingModel model = CachingEmbeddingModel.builder(this.provider)
		.store(this.store)
		.listener(new CacheListener() {

			@Override
			public void onStore(String cache, Fingerprint key, int bytes) {
				EmbeddingBatchBenchmark.this.news.add(key);
			}

		})
		.build();

	private List<String> texts = List.of();

	/**
	 * Fill both caches, and make sure that what is measured is what is said.
	 */
	@Setup
	public void fill() {
		this.texts = texts();
		List<String> known = new ArrayList<>();
		for (int i = 0; i < TEXTS; i++) {
			if (i % (TEXTS / 10) >= (TEXTS - this.cached) / 10) {
				known.add(this.texts.get(i));
			}
		}
		bare(known);
		this.model.embed(known);
		this.bareNews.clear();
		this.news.clear();
		long asked = this.provider.texts();
		modelCache();
		if (this.provider.texts() - asked != TEXTS - this.cached || this.news.size() != TEXTS - this.cached) {
			throw new IllegalStateException("The cache knows other texts than those it should");
		}
	}

	/**
	 * Forget what the last run has added.
	 */
	@Setup(Level.Invocation)
	public void forget() {
		this.bare.invalidateAll(this.bareNews);
		this.bareNews.clear();
		this.store.evictAll(this.news);
		this.news.clear();
	}

	/**
	 * Measure SHA-256, Caffeine and copies.
	 * @return the vectors
	 */
	@Benchmark
	public List<float[]> bare() {
		return bare(this.texts);
	}

	/**
	 * Measure the decorated model.
	 * @return the vectors
	 */
	@Benchmark
	public List<float[]> modelCache() {
		return this.model.embed(this.texts);
	}

	private List<float[]> bare(List<String> some) {
		List<float[]> vectors = new ArrayList<>(some.size());
		for (String text : some) {
			ByteBuffer key = Digests.sha256(text);
			float[] vector = this.bare.getIfPresent(key);
			if (vector == null) {
				vector = this.provider.vector();
				this.bare.put(key, vector);
				this.bareNews.add(key);
			}
			vectors.add(vector.clone());
		}
		return vectors;
	}

	private static List<String> texts() {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < TEXTS; i++) {
			StringBuilder text = new StringBuilder();
			for (int word = 0; text.length() < LENGTH; word++) {
				text.append("word ").append(i * 31 + word * 17).append(' ');
			}
			texts.add(text.substring(0, LENGTH));
		}
		return texts;
	}

}
