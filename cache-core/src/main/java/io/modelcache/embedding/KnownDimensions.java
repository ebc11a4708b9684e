package io.modelcache.embedding;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.AbstractEmbeddingModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * The number of dimensions of a model's vectors, as soon as one has been seen.
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
	 * Learn from a vector that the model gives without particular options.
	 */
	void learn(float[] vector) {
		if (this.known == 0) {
			this.known = vector.length;
		}
	}

	/**
	 * Return the number. A model that has a way of its own of telling is asked.
	 * @param embed embeds a text
	 */
	int get(Function<String, float[]> embed) {
		if (this.probe == null) {
			return this.model.dimensions();
		}
		if (this.known == 0) {
			this.known = embed.apply(this.probe).length;
		}
		return this.known;
	}

	private static @Nullable String probeOf(Class<?> type) {
		if (type == EmbeddingModel.class) {
			return "Test String";
		}
		return (type == AbstractEmbeddingModel.class) ? "Hello World" : null;
	}

}
