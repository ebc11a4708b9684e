package io.modelcache.embedding;

import java.util.List;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.AbstractEmbeddingModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * The number of dimensions of a model's vectors, as the one seen last has shown.
 * <p>
 * Spring AI's own classes embed a certain text to count, which costs a call at each
 * start. Vectors from the cache tell as much.
 */
final class KnownDimensions {

	private final EmbeddingModel model;

	private final @Nullable String probe;

	private volatile int known;

	KnownDimensions(EmbeddingModel model) {
		this.model = model;
		this.probe = probeOf(EntryPoint.DIMENSIONS.declaredBy(model));
	}

	/**
	 * Learn from vectors that the model gives without particular options. The model
	 * behind its name may have changed, so the latest are right; an empty one says
	 * nothing.
	 */
	void learn(List<float[]> vectors) {
		for (float[] vector : vectors) {
			if (vector.length > 0) {
				this.known = vector.length;
				return;
			}
		}
	}

	/**
	 * Return the number. A model that has a way of its own of telling is asked.
	 * @param ask asks by a certain text, as the model itself would
	 */
	int get(ToIntFunction<String> ask) {
		if (this.probe == null) {
			return this.model.dimensions();
		}
		int dimensions = this.known;
		if (dimensions == 0) {
			dimensions = ask.applyAsInt(this.probe);
			this.known = dimensions;
		}
		return dimensions;
	}

	private static @Nullable String probeOf(Class<?> type) {
		if (type == EmbeddingModel.class) {
			return "Test String";
		}
		return (type == AbstractEmbeddingModel.class) ? "Hello World" : null;
	}

}
