package io.modelcache.chat.semantic;

import java.time.InstantSource;

import io.modelcache.CacheListener;
import io.modelcache.FailureReport;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Takes answers for the same if their texts are, or their vectors nearly so. An embedding
 * model tells little of what long texts say, so {@link AnswerJudge} is there for better
 * ones.
 */
final class SimilarAnswers implements AnswerJudge {

	/**
	 * Two answers of a model to one question are rarely below it, answers to different
	 * questions on one subject rarely above.
	 */
	private static final double SAME = 0.85;

	private final QuestionVectors vectors;

	SimilarAnswers(EmbeddingModel model, String cache, FailureReport failures, InstantSource clock) {
		this.vectors = new QuestionVectors(model, cache, CacheListener.NONE, failures, clock);
	}

	/**
	 * Compare two answers.
	 * @throws IllegalStateException if the embedding model fails, which is reported, or
	 * is left alone
	 */
	@Override
	public boolean saySame(String question, String given, String fresh) {
		if (given.strip().equals(fresh.strip())) {
			return true;
		}
		double cosine = this.vectors.cosine(given, fresh);
		if (Double.isNaN(cosine)) {
			throw new IllegalStateException("The answers have no vectors to compare");
		}
		return cosine >= SAME;
	}

}
