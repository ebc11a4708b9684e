package io.modelcache.chat.semantic;

import java.util.List;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * Makes vectors of questions, and none of what the model makes no proper vector of.
 */
final class QuestionVectors {

	private final EmbeddingModel model;

	private final String cache;

	private final CacheListener listener;

	private final FailureReport failures;

	QuestionVectors(EmbeddingModel model, String cache, CacheListener listener, FailureReport failures) {
		this.model = model;
		this.cache = cache;
		this.listener = listener;
		this.failures = failures;
	}

	/**
	 * Make a vector.
	 * @param text a text
	 * @return its vector, of the length 1, or {@code null} if the model fails, which is
	 * reported
	 */
	float @Nullable [] of(String text) {
		try {
			EmbeddingResponse response = this.model.embedForResponse(List.of(text));
			float[] vector = UnitVector.of(response.getResult().getOutput());
			Usage usage = response.getMetadata().getUsage();
			this.listener.onQuestionEmbedded(this.cache, response.getMetadata().getModel(),
					(usage != null && usage.getTotalTokens() != null) ? usage.getTotalTokens() : 0);
			return vector;
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.EMBED, ex);
			return null;
		}
	}

	/**
	 * Return the cosine of two texts' vectors.
	 * @return the cosine, or {@link Double#NaN} if the model fails
	 */
	double cosine(String one, String other) {
		float[] first = of(one);
		float[] second = (first != null) ? of(other) : null;
		return (first != null && second != null && first.length == second.length) ? UnitVector.cosine(first, second)
				: Double.NaN;
	}

}
