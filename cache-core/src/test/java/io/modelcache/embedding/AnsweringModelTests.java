package io.modelcache.embedding;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.modelcache.CacheStatus;
import io.modelcache.key.CanonicalForm;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider that answers by another model than the one that was asked.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnsweringModelTests extends EmbeddingFixture {

	private final Alias alias = new Alias("test-2026-01");

	private final CachingEmbeddingModel aliased = caching(this.alias).build();

	@Test
	void vectorsOfTheModelBeforeAreAskedAgainOnceItsSuccessorHasAnswered() {
		this.aliased.embed(List.of("a", "b"));
		this.alias.becomes("test-2026-06");
		assertThat(this.aliased.embed("a")).as("nobody knows yet").isEqualTo(this.alias.vector("a", "test-2026-01"));
		this.aliased.embed("c");
		assertThat(this.aliased.embed("a")).isEqualTo(this.alias.vector("a", "test-2026-06"));
		assertThat(this.aliased.embed(List.of("a", "b", "c"))).containsExactly(this.alias.vectors("a", "b", "c"));
		assertThat(this.alias.requests()).containsExactly(List.of("a", "b"), List.of("c"), List.of("a"), List.of("b"));
	}

	@Test
	void noAnswerMixesTheVectorsOfTwoModels() {
		this.aliased.embed(List.of("a", "b"));
		this.alias.becomes("test-2026-06");
		EmbeddingResponse response = this.aliased.embedForResponse(List.of("a", "c", "b"));
		assertThat(response.getResults()).extracting(Embedding::getOutput)
			.containsExactly(this.alias.vectors("a", "c", "b"));
		assertThat(this.alias.requests()).containsExactly(List.of("a", "b"), List.of("c"), List.of("a", "b"));
		assertThat(CacheStatus.of(response).hits()).isZero();
		assertThat(CacheStatus.of(response).misses()).isEqualTo(3);
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(3);
		this.alias.requests().clear();
		assertThat(this.aliased.embed(List.of("b", "c", "a"))).containsExactly(this.alias.vectors("b", "c", "a"));
		assertThat(this.alias.requests()).isEmpty();
	}

	@Test
	void aMixtureFoundAfterARestartIsAskedAnew() {
		this.aliased.embed("a");
		this.alias.becomes("test-2026-06");
		caching(this.alias).build().embed("b");
		this.alias.requests().clear();
		CachingEmbeddingModel restarted = caching(this.alias).build();
		assertThat(restarted.embed(List.of("a", "b"))).containsExactly(this.alias.vectors("a", "b"));
		assertThat(this.alias.requests()).containsExactly(List.of("a", "b"));
	}

	@Test
	void aChangeIsSaidOnceWithBothNames(CapturedOutput output) {
		this.aliased.embed("a");
		this.alias.becomes("test-2026-06");
		this.aliased.embed("b");
		this.aliased.embed("c");
		assertThat(output).containsOnlyOnce(
				"now answered by model 'test-2026-06' (3 dimensions) instead of 'test-2026-01' (3), change number 1");
	}

	@Test
	void aGatewayThatSwitchesToAndFroIsAskedForEverythingAsTheLastResort() {
		Alias unsteady = new Alias("red") {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				becomes(answering().equals("red") ? "blue" : "red");
				return super.call(request);
			}

		};
		CachingEmbeddingModel caching = caching(unsteady).build();
		caching.embed("a");
		EmbeddingResponse response = caching.embedForResponse(List.of("a", "b"));
		assertThat(response.getResults()).extracting(Embedding::getOutput).containsExactly(unsteady.vectors("a", "b"));
		assertThat(CacheStatus.of(response).detail()).isEqualTo("unexpected-answer");
	}

	@Test
	void anotherLengthIsAnotherModelWhateverItsName() {
		this.alias.becomes(null);
		this.aliased.embed(List.of("a", "b"));
		this.alias.dimensions = 5;
		assertThat(this.aliased.embed(List.of("a", "c"))).allMatch((vector) -> vector.length == 5);
		assertThat(this.aliased.embed("b")).hasSize(5);
	}

	@Test
	void anotherWayToWriteTheNameIsNoOtherModel() {
		this.aliased.embed("a");
		for (String name : List.of("Test-2026-01", "openai/test-2026-01", "test-2026-01:latest", " test-2026-01")) {
			this.alias.becomes(name);
			this.aliased.embed("new " + name);
		}
		this.alias.requests().clear();
		this.aliased.embed("a");
		assertThat(this.alias.requests()).isEmpty();
	}

	@Test
	void aModelThatSometimesDoesNotSayItsNameIsTakenForTheSame() {
		this.aliased.embed("a");
		this.alias.becomes(null);
		this.aliased.embed("b");
		this.alias.becomes("test-2026-01");
		this.aliased.embed("c");
		this.alias.requests().clear();
		this.aliased.embed(List.of("a", "b", "c"));
		assertThat(this.alias.requests()).isEmpty();
	}

	@Test
	void otherOptionsMayHaveAnotherModel() {
		EmbeddingOptions large = EmbeddingOptions.builder().model("large").build();
		this.aliased.embed("a");
		this.alias.becomes("large");
		this.aliased.call(new EmbeddingRequest(List.of("a"), large));
		this.alias.requests().clear();
		this.aliased.embed("a");
		this.aliased.call(new EmbeddingRequest(List.of("a"), large));
		assertThat(this.alias.requests()).isEmpty();
	}

	@Test
	void aModelThatWasNotAskedForIsNamed(CapturedOutput output) {
		this.alias.becomes("something-else");
		this.aliased.embed("a");
		this.aliased.embed("b");
		assertThat(output).containsOnlyOnce(
				"were asked of model 'test', and 'something-else' answered: they are kept as its vectors");
	}

	@Test
	void aDatedFormOfTheNameThatWasAskedForIsNothingToTalkAbout(CapturedOutput output) {
		this.aliased.embed("a");
		assertThat(output).doesNotContain("something-else").doesNotContain("were asked of model");
	}

	@Test
	void whoHasAnsweredLastIsTheModelOfAResponseFromTheCache() {
		this.aliased.embed("a");
		assertThat(this.aliased.embedForResponse(List.of("a")).getMetadata().getModel()).isEqualTo("test-2026-01");
		assertThat(caching(this.alias).build().embedForResponse(List.of("a")).getMetadata().getModel())
			.as("before anybody has answered in this process")
			.isEqualTo("test");
	}

	@Test
	void optionsThatNeverRepeatAreForgotten() {
		AnsweringModels models = new AnsweringModels("embedding");
		for (int i = 0; i < 5_000; i++) {
			ModelRequest request = new ModelRequest(CanonicalForm.of("test", 1).integer("number", i).fingerprint(),
					"test");
			models.hear(request, AnsweringModel.of("test", 3, 0));
			assertThat(models.latest(request)).isNotNull();
		}
		assertThat(models.size()).isLessThanOrEqualTo(1_000);
	}

	/**
	 * A model whose name stands for others.
	 */
	private static class Alias extends CountingEmbeddingModel {

		private final AtomicReference<String> answering;

		private int dimensions = 3;

		Alias(String answering) {
			this.answering = new AtomicReference<>(answering);
		}

		String answering() {
			return this.answering.get();
		}

		void becomes(String name) {
			this.answering.set(name);
		}

		float[] vector(String text, String model) {
			float[] vector = new float[this.dimensions];
			vector[0] = text.hashCode();
			vector[1] = String.valueOf(model).hashCode();
			return vector;
		}

		float[][] vectors(String... texts) {
			return List.of(texts).stream().map(this::vector).toArray(float[][]::new);
		}

		@Override
		public float[] vector(String text) {
			return vector(text, answering());
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			EmbeddingResponse response = super.call(request);
			return new EmbeddingResponse(response.getResults(),
					new EmbeddingResponseMetadata(answering(), response.getMetadata().getUsage()));
		}

	}

}
