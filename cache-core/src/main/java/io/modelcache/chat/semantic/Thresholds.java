package io.modelcache.chat.semantic;

import java.util.List;
import java.util.Locale;

/**
 * The thresholds that fit an embedding model: a cosine means something else in each.
 *
 * @param guarded the threshold with guards
 * @param plain the threshold without guards
 * @param known whether the model was measured; otherwise both are chosen for safety, and
 * calibration finds better ones
 */
record Thresholds(double guarded, double plain, boolean known) {

	private static final Thresholds UNKNOWN = new Thresholds(0.95, 0.97, false);

	private static final Thresholds MINI_LM = new Thresholds(0.86, 0.95, true);

	private static final Thresholds BGE_SMALL = new Thresholds(0.91, 0.96, true);

	private static final List<String> MINI_LM_NAMES = List.of("allminilml6v2");

	private static final List<String> BGE_SMALL_NAMES = List.of("bgesmallenv15");

	/**
	 * Return the thresholds of a model.
	 * @param modelId the name of the model as its provider writes it, or the class of the
	 * model: {@code sentence-transformers/all-MiniLM-L6-v2}, {@code all-minilm:l6-v2},
	 * {@code AllMiniLmL6V2QuantizedEmbeddingModel}
	 * @return its thresholds, or safe ones that are not {@link #known()}
	 */
	static Thresholds of(String modelId) {
		String letters = modelId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		if (MINI_LM_NAMES.stream().anyMatch(letters::contains)) {
			return MINI_LM;
		}
		return BGE_SMALL_NAMES.stream().anyMatch(letters::contains) ? BGE_SMALL : UNKNOWN;
	}

}
