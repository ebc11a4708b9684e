package io.modelcache.sample.semantic;

import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.sample.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profile {@code semantic}.
 */
@SampleTest
@ActiveProfiles("semantic")
class SemanticProfileTests {

	@Autowired
	private EmbeddingModel embeddingModel;

	@Test
	void theOnlyEmbeddingModelRunsInThisProcessAndIsCached() {
		assertThat(this.embeddingModel).isInstanceOf(CachingEmbeddingModel.class);
		assertThat(this.embeddingModel.dimensions()).isEqualTo(InProcessEmbeddingModel.DIMENSIONS);
		assertThat(this.embeddingModel.embed("How do magnets work?")).hasSize(InProcessEmbeddingModel.DIMENSIONS);
	}

}
