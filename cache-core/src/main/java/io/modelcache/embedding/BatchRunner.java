package io.modelcache.embedding;

import java.util.List;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions: one look at the cache, the model for what is missing, everything
 * back in order.
 */
final class BatchRunner {

	private final VectorCache cache;

	private final AnsweringModels models;

	private final @Nullable VectorFlights flights;

	private final int batchSize;

	/**
	 * Create a runner.
	 * @param cache the vectors known so far
	 * @param models hears who answers
	 * @param flights shares calls to the model, or {@code null} if each caller asks for
	 * himself
	 * @param batchSize how many inputs the model is asked for at a time, or 0 for all
	 */
	BatchRunner(VectorCache cache, AnsweringModels models, @Nullable VectorFlights flights, int batchSize) {
		this.cache = cache;
		this.models = models;
		this.flights = flights;
		this.batchSize = batchSize;
	}

	/**
	 * Answer a question.
	 * @param question the question
	 * @param model asks the model for some of the inputs
	 * @return the vectors, or {@code null} if the model's answer does not fit the
	 * question, so that nothing can be said about which vector belongs where
	 */
	<I> @Nullable Outcome run(Question<I> question, Asking<I> model) {
		return new BatchRun<>(this, question, model).run();
	}

	VectorCache cache() {
		return this.cache;
	}

	AnsweringModels models() {
		return this.models;
	}

	@Nullable VectorFlights flights() {
		return this.flights;
	}

	/**
	 * Return how many of some inputs go into one call.
	 */
	int partSize(int inputs) {
		return (this.batchSize > 0) ? Math.min(this.batchSize, inputs) : inputs;
	}

	/**
	 * What came of a question.
	 *
	 * @param vectors the vectors in the order of the inputs
	 * @param model who has answered last, or {@code null} if that is not known
	 * @param status what the cache did
	 */
	record Outcome(List<float[]> vectors, @Nullable AnsweringModel model, CacheStatus status) {

	}

}
