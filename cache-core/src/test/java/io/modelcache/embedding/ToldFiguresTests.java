package io.modelcache.embedding;

import java.util.List;

import io.modelcache.CacheControl;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what listeners are told of the work that was done and saved.
 */
class ToldFiguresTests extends EmbeddingFixture {

	@Test
	void eachPartOfABatchIsACall() {
		caching(this.model).batchSize(2).build().embed(List.of("a", "b", "c"));
		assertThat(this.listener.figures()).containsExactly("lookup:caffeine:MISS", "model-call", "model-call");
	}

	@Test
	void aBatchSavesACallOnlyIfAllOfItIsKnown() {
		this.caching.embed(List.of("a", "b"));
		this.listener.figures().clear();
		this.caching.embed(List.of("a", "c"));
		assertThat(this.listener.figures()).containsExactly("lookup:caffeine:PARTIAL", "model-call");
		this.listener.figures().clear();
		this.caching.embed(List.of("a", "b", "c"));
		assertThat(this.listener.figures()).containsExactly("lookup:caffeine:hit", "saved:null:0:0");
	}

	@Test
	void aBypassIsACall() {
		CacheControl.bypass().call(() -> this.caching.embed(List.of("a")));
		assertThat(this.listener.figures()).containsExactly("model-call");
	}

	@Test
	void anAnswerThatDoesNotFitIsOneCallIfItIsPassedOn() {
		CountingEmbeddingModel one = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				return new EmbeddingResponse(List.of(new Embedding(vector("a"), 0)));
			}

		};
		caching(one).build().call(new EmbeddingRequest(List.of("a", "b"), null));
		assertThat(this.listener.figures()).containsExactly("lookup:caffeine:MISS", "model-call");
	}

}
