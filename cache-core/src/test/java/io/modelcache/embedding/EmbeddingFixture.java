package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * What the tests of this package need: a model that counts, a store, a clock and a
 * listener.
 */
abstract class EmbeddingFixture {

	final TestClock clock = new TestClock();

	final RecordingListener listener = new RecordingListener();

	final CountingEmbeddingModel model = new CountingEmbeddingModel();

	final CaffeineCacheStore store = CaffeineCacheStore.builder().clock(this.clock).build();

	final CachingEmbeddingModel caching = caching(this.model).build();

	CachingEmbeddingModel.Builder caching(EmbeddingModel model) {
		return CachingEmbeddingModel.builder(model)
			.name("embedding")
			.layer("caffeine")
			.store(this.store)
			.clock(this.clock)
			.listener(this.listener);
	}

	float[][] vectors(String... texts) {
		List<float[]> vectors = new ArrayList<>();
		for (String text : texts) {
			vectors.add(this.model.vector(text));
		}
		return vectors.toArray(float[][]::new);
	}

}
