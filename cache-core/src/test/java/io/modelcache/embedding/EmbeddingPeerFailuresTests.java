package io.modelcache.embedding;

import java.util.List;

import io.modelcache.CacheStatus;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What went wrong in the caches of others, by the names under which it was reported.
 */
class EmbeddingPeerFailuresTests extends EmbeddingFixture {

	/**
	 * One known text amid new ones: the indexes came back as 0, 1, 1.
	 */
	@Test
	void litellm41799AMixedBatchHasEveryTextsOwnVector() {
		this.caching.embed(List.of("chunk-a"));
		assertThat(this.caching.embedForResponse(List.of("chunk-b", "chunk-a", "chunk-c")).getResults())
			.satisfies((all) -> assertThat(all).extracting(Embedding::getIndex).containsExactly(0, 1, 2))
			.satisfiesExactly((first) -> assertThat(first.getOutput()).isEqualTo(this.model.vector("chunk-b")),
					(second) -> assertThat(second.getOutput()).isEqualTo(this.model.vector("chunk-a")),
					(third) -> assertThat(third.getOutput()).isEqualTo(this.model.vector("chunk-c")));
		assertThat(this.model.requests()).containsExactly(List.of("chunk-a"), List.of("chunk-b", "chunk-c"));
	}

	/**
	 * Known texts in front and a new one behind: the indexes came back as 0, 1, 0.
	 */
	@Test
	void litellm41002NoIndexIsThereTwice() {
		this.caching.embed(List.of("A", "B", "C"));
		assertThat(this.caching.embedForResponse(List.of("A", "B", "Z")).getResults()).extracting(Embedding::getIndex)
			.containsExactly(0, 1, 2);
	}

	@Test
	void litellm29284TheIndexesOfALargeMixedBatchAreThoseOfTheTexts() {
		this.caching.embed(List.of("foo", "bar"));
		List<String> texts = List.of("1", "foo", "2", "3", "bar", "4", "foo", "5");
		List<Embedding> embeddings = this.caching.embedForResponse(texts).getResults();
		for (int i = 0; i < texts.size(); i++) {
			assertThat(embeddings.get(i).getIndex()).isEqualTo(i);
			assertThat(embeddings.get(i).getOutput()).isEqualTo(this.model.vector(texts.get(i)));
		}
	}

	/**
	 * A provider that answers in another order, by the indexes of its answer: vectors
	 * were stored by their places.
	 */
	@Test
	void litellm20456AnAnswerInAnotherOrderIsNotStored() {
		CountingEmbeddingModel unordered = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				EmbeddingResponse response = super.call(request);
				return (response.getResults().size() < 2) ? response
						: new EmbeddingResponse(List.of(response.getResults().get(1), response.getResults().get(0)));
			}

		};
		EmbeddingResponse response = caching(unordered).build().embedForResponse(List.of("a", "b"));
		assertThat(response.getResults()).extracting(Embedding::getIndex).containsExactly(1, 0);
		assertThat(CacheStatus.of(response).detail()).isEqualTo("unexpected-answer");
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void llamaIndex19537TheOrderOfTheTextsIsThatOfTheVectors() {
		this.caching.embed(List.of("Cached1", "Cached3"));
		assertThat(this.caching.embed(List.of("Cached1", "Miss1", "Cached3", "Miss2")))
			.containsExactly(vectors("Cached1", "Miss1", "Cached3", "Miss2"));
	}

	@Test
	void cacheBackedEmbeddingsPayForDuplicates() {
		this.caching.embed(List.of("a", "a", "b", "a"));
		assertThat(this.model.requests()).containsExactly(List.of("a", "b"));
	}

	@Test
	void cacheBackedEmbeddingsLeaveNothingWhereTheAnswerIsShort() {
		EmbeddingResponse response = caching(ProviderHabit.TITAN.model()).build()
			.embedForResponse(List.of("a", ProviderHabit.DROPPED, "b"));
		assertThat(response.getResults()).as("what the provider said").hasSize(2).doesNotContainNull();
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void cacheBackedEmbeddingsTakeOneNamespaceForAnother() {
		caching(this.model).namespace("tenant").build().embed("1 price");
		caching(this.model).namespace("tenant1").build().embed(" price");
		caching(this.model).namespace("").build().embed("tenant1 price");
		assertThat(this.listener.events()).doesNotContain("hit");
	}

	@Test
	void cacheBackedEmbeddingsTakeOneModelForAnother() {
		caching(new CountingEmbeddingModel("small")).build().embed("a");
		caching(new CountingEmbeddingModel("large")).build().embed("a");
		assertThat(this.listener.events()).doesNotContain("hit");
	}

}
