package io.modelcache.chat.semantic;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Calibration} and {@link Thresholds}.
 */
class CalibrationTests {

	private static final String TREE = "What is a tree?";

	private static final List<LabelledPair> PAIRS = List.of(new LabelledPair(TREE, "near and right", true),
			new LabelledPair(TREE, "further and right", true), new LabelledPair(TREE, "far and wrong", false),
			new LabelledPair(TREE, "farthest and right", true));

	private static final Map<String, Double> COSINES = Map.of(TREE, 1.0, "What are 5 trees?", 0.985, "near and right",
			0.985, "further and right", 0.915, "far and wrong", 0.895, "farthest and right", 0.855);

	@Test
	void eachThresholdIsCounted() {
		Calibration calibration = calibrate(0.01);
		assertThat(calibration.rows()).hasSize(20);
		Calibration.Row lowest = calibration.rows().get(0);
		assertThat(lowest).isEqualTo(new Calibration.Row(0.80, 3, 1, 3));
		assertThat(lowest.precision()).isEqualTo(0.75);
		assertThat(lowest.recall()).isEqualTo(1);
		assertThat(calibration.rows().get(10)).isEqualTo(new Calibration.Row(0.90, 2, 0, 3));
		assertThat(calibration.rows().get(19)).isEqualTo(new Calibration.Row(0.99, 0, 0, 3));
	}

	@Test
	void theAdviceHasTheMostRightHitsWithFewEnoughWrongOnes() {
		assertThat(calibrate(0.01).advice().threshold()).isEqualTo(0.91);
		assertThat(calibrate(0.25).advice().threshold()).isEqualTo(0.85);
		assertThat(calibrate(0.01).report()).contains("0.90      1.000   0.667")
			.endsWith("Set modelcache.semantic.threshold: 0.91" + System.lineSeparator());
	}

	@Test
	void whereEachThresholdIsWrongTooOftenTheAdviceIsToStayExact() {
		Calibration calibration = Calibration.of(
				List.of(new LabelledPair(TREE, "near and right", false),
						new LabelledPair(TREE, "farthest and right", true)),
				new KnownCosines(), SemanticRules.STANDARD, false, 0.01);
		assertThat(calibration.advice()).isNull();
		assertThat(calibration.report()).contains("leave this model exact");
	}

	@Test
	void theGuardsAreAskedWhenTheDecisionIsGuarded() {
		List<LabelledPair> pairs = List.of(new LabelledPair(TREE, TREE, true),
				new LabelledPair(TREE, "What are 5 trees?", false));
		assertThat(Calibration.of(pairs, new KnownCosines(), SemanticRules.STANDARD, true, 0.01).rows())
			.allMatch((row) -> row.right() == 1 && row.wrong() == 0);
		assertThat(Calibration.of(pairs, new KnownCosines(), SemanticRules.STANDARD, false, 0.01).rows())
			.anyMatch((row) -> row.wrong() == 1);
	}

	@Test
	void withoutAnEquivalentPairThereIsNothingToCalibrate() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Calibration.of(List.of(), new KnownCosines(), SemanticRules.STANDARD, false, 0.01));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Calibration.of(PAIRS, new KnownCosines(), SemanticRules.STANDARD, false, 1.5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "all-minilm:l6-v2",
			"AllMiniLmL6V2QuantizedEmbeddingModel", "BAAI/bge-small-en-v1.5", "bge-small-en-v1.5-q",
			"BgeSmallEnV15QuantizedEmbeddingModel" })
	void usualModelsAreKnownByTheirUsualNames(String modelId) {
		assertThat(Thresholds.of(modelId).known()).isTrue();
	}

	@Test
	void anUnknownModelGetsSafeThresholds() {
		Thresholds unknown = Thresholds.of("text-embedding-99");
		assertThat(unknown.known()).isFalse();
		assertThat(unknown.guarded()).isGreaterThan(Thresholds.of("bge-small-en-v1.5").guarded());
		assertThat(Thresholds.of("")).isEqualTo(unknown);
		assertThat(Thresholds.of("bge-small-en-v1.5")).isNotEqualTo(Thresholds.of("all-MiniLM-L6-v2"));
	}

	private static Calibration calibrate(double wrongShare) {
		return Calibration.of(PAIRS, new KnownCosines(), SemanticRules.STANDARD, false, wrongShare);
	}

	/**
	 * Gives each text a vector with a known cosine to that of the question.
	 */
	private static final class KnownCosines implements EmbeddingModel {

		@Override
		public float[] embed(String text) {
			double cosine = COSINES.get(text);
			return new float[] { (float) (3 * cosine), (float) (3 * Math.sqrt(1 - cosine * cosine)) };
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public float[] embed(Document document) {
			throw new UnsupportedOperationException();
		}

	}

}
