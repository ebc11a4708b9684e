package io.modelcache.sample.semantic;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Vectors that are made in this process.
 */
class InProcessEmbeddingModelTests {

	private static final InProcessEmbeddingModel model = new InProcessEmbeddingModel();

	@Test
	void vectorsHaveAsManyDimensionsAsTheModelSays() {
		assertThat(model.embed("How do magnets work?")).hasSize(model.dimensions());
		assertThat(model.dimensions()).isEqualTo(384);
	}

	@Test
	void wordingsOfOneQuestionAreNearerThanTwoQuestions() {
		float[] question = model.embed("How can I bake bread without yeast?");
		float[] sameMeaning = model.embed("What is a way to make bread if I have no yeast?");
		float[] another = model.embed("Which planet has the most moons?");
		assertThat(cosine(question, sameMeaning)).isGreaterThan(0.7).isGreaterThan(cosine(question, another) + 0.4);
	}

	@Test
	void aBatchGivesTheVectorsOfItsTextsInTheirOrder() {
		List<String> texts = List.of("red", "green", "blue");
		EmbeddingResponse response = model.call(new EmbeddingRequest(texts, null));
		assertThat(response.getResults()).hasSize(3);
		for (int i = 0; i < texts.size(); i++) {
			assertThat(response.getResults().get(i).getIndex()).isEqualTo(i);
			assertThat(response.getResults().get(i).getOutput()).isEqualTo(model.embed(texts.get(i)));
		}
		assertThat(model.embed(new Document("green"))).isEqualTo(response.getResults().get(1).getOutput());
		assertThat(response.getMetadata().getModel()).isEqualTo("all-minilm-l6-v2-q");
	}

	private static double cosine(float[] one, float[] other) {
		double product = 0;
		double left = 0;
		double right = 0;
		for (int i = 0; i < one.length; i++) {
			product += one[i] * other[i];
			left += one[i] * one[i];
			right += other[i] * other[i];
		}
		return product / Math.sqrt(left * right);
	}

}
