package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.EmbeddingResultMetadata;

/**
 * What a model gave for some inputs.
 *
 * @param usable whether the answer is vectors and nothing else
 * @param vectors the vectors in the order given
 * @param model the name by which the model answered, or {@code null} if it did not say
 * @param firstIndex the number that the model gave to the first input
 */
record ModelAnswer(boolean usable, List<float[]> vectors, @Nullable String model, int firstIndex) {

	private static final ModelAnswer UNUSABLE = new ModelAnswer(false, List.of(), null, 0);

	/**
	 * Take vectors without anything about them.
	 */
	static ModelAnswer of(@Nullable List<float[]> vectors) {
		return (vectors != null) ? new ModelAnswer(true, vectors, null, 0) : UNUSABLE;
	}

	/**
	 * Take a response. One that is more than vectors, or whose numbers say that its
	 * vectors are in another order than the texts, is of no use.
	 */
	static ModelAnswer of(@Nullable EmbeddingResponse response) {
		if (response == null || response.getClass() != EmbeddingResponse.class || response.getResults() == null) {
			return UNUSABLE;
		}
		List<float[]> vectors = new ArrayList<>(response.getResults().size());
		int last = Integer.MIN_VALUE;
		for (Embedding embedding : response.getResults()) {
			int index = indexOf(embedding);
			if (index < last || !isPlain(embedding)) {
				return UNUSABLE;
			}
			last = index;
			vectors.add(embedding.getOutput());
		}
		return new ModelAnswer(true, vectors, model(response.getMetadata()),
				vectors.isEmpty() ? 0 : indexOf(response.getResults().get(0)));
	}

	/**
	 * Tell whether it is clear which vector belongs to which input: there is one for
	 * each, and those that are not empty have the same length.
	 * @param inputs the number of inputs
	 */
	boolean fits(int inputs) {
		if (!this.usable || this.vectors.size() != inputs) {
			return false;
		}
		int length = 0;
		for (float[] vector : this.vectors) {
			if (vector == null || (length != 0 && vector.length != 0 && vector.length != length)) {
				return false;
			}
			length = Math.max(length, vector.length);
		}
		return true;
	}

	/**
	 * Return the length of the vectors, 0 if all of them are empty.
	 */
	int dimensions() {
		int length = 0;
		for (float[] vector : vectors()) {
			length = Math.max(length, vector.length);
		}
		return length;
	}

	/**
	 * Return the vectors as those of one model.
	 * @param source the {@linkplain AnsweringModel#source() source}
	 */
	List<Vector> vectors(long source) {
		List<Vector> sourced = new ArrayList<>();
		for (float[] vector : vectors()) {
			sourced.add(new Vector(vector, source));
		}
		return sourced;
	}

	private static boolean isPlain(@Nullable Embedding embedding) {
		if (embedding == null || embedding.getClass() != Embedding.class) {
			return false;
		}
		EmbeddingResultMetadata metadata = embedding.getMetadata();
		return metadata == null || metadata == EmbeddingResultMetadata.EMPTY
				|| (metadata.getClass() == EmbeddingResultMetadata.class && metadata.getDocumentData() == null
						&& metadata.getDocumentId().isEmpty());
	}

	private static int indexOf(@Nullable Embedding embedding) {
		Integer index = (embedding != null) ? embedding.getIndex() : null;
		return (index != null) ? index : 0;
	}

	private static @Nullable String model(@Nullable EmbeddingResponseMetadata metadata) {
		String model = (metadata != null) ? metadata.getModel() : null;
		return (model == null || model.isBlank()) ? null : model;
	}

}
