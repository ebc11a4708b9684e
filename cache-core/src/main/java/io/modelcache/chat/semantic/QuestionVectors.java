package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * Makes vectors of questions, and none of what the model makes no proper vector of. A
 * model that fails is left alone for a time that grows with what the failure took, for
 * the caller has waited for nothing.
 */
final class QuestionVectors {

	private static final int REST = 10;

	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	private final EmbeddingModel model;

	private final String cache;

	private final CacheListener listener;

	private final FailureReport failures;

	private final InstantSource clock;

	private final Rest rest;

	QuestionVectors(EmbeddingModel model, String cache, CacheListener listener, FailureReport failures,
			InstantSource clock) {
		this.model = model;
		this.cache = cache;
		this.listener = listener;
		this.failures = failures;
		this.clock = clock;
		this.rest = new Rest(clock);
	}

	/**
	 * Make a vector.
	 * @param text a text
	 * @return its vector, of the length 1, or {@code null} if the model fails, which is
	 * reported, or is left alone
	 */
	float @Nullable [] of(String text) {
		if (this.rest.isOn()) {
			return null;
		}
		Instant start = this.clock.instant();
		try {
			EmbeddingResponse response = this.model.embedForResponse(List.of(text));
			float[] vector = UnitVector.of(response.getResult().getOutput());
			Usage usage = response.getMetadata().getUsage();
			this.listener.onQuestionEmbedded(this.cache, response.getMetadata().getModel(),
					(usage != null && usage.getTotalTokens() != null) ? usage.getTotalTokens() : 0);
			return vector;
		}
		catch (Throwable ex) {
			if (!(ex instanceof UnusableVectorException)) {
				restAfter(Duration.between(start, this.clock.instant()));
			}
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

	private void restAfter(Duration failure) {
		Duration rest = failure.multipliedBy(REST);
		this.rest.begin((rest.compareTo(LONGEST_REST) < 0) ? rest : LONGEST_REST);
	}

}
