package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.modelcache.AnswerFeedback;
import io.modelcache.CacheStatus;
import io.modelcache.chat.ChatCache;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.chat.ChatCacheLayer;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Lets questions be answered that are not the same as one before but mean the same.
 * <p>
 * A layer for {@link io.modelcache.chat.CachingChatModel.Builder#cacheLayer
 * CachingChatModel}. The text of each question is stored beside its answer, because the
 * guards need it. Safe for use by several threads.
 */
public final class SemanticCaching implements ChatCacheLayer, AnswerFeedback {

	private final Builder settings;

	private final SemanticChatCaches caches = new SemanticChatCaches();

	private SemanticCaching(Builder settings) {
		this.settings = settings;
	}

	/**
	 * Start with what makes vectors.
	 * @param model the embedding model; it may be one that caches
	 * @param modelId what tells the model from others: vectors of two ids are never
	 * compared
	 * @return a builder
	 */
	public static Builder builder(EmbeddingModel model, String modelId) {
		return new Builder(model, modelId);
	}

	@Override
	public ChatCache over(ChatCache exact, ChatCacheContext context) {
		return this.caches.put(context, (before) -> new SemanticChatCache(exact, context, this.settings,
				(before != null) ? before.memory() : SemanticMemory.of(context, this.settings)));
	}

	@Override
	public boolean reportWrong(CacheStatus status) {
		GivenAnswer given = this.caches.given(status);
		if (given == null) {
			return false;
		}
		given.cache().forget(given.hit());
		return true;
	}

	@Override
	public @Nullable String questionBehind(CacheStatus status) {
		GivenAnswer given = this.caches.given(status);
		return (given != null) ? given.cache().question(given.hit()) : null;
	}

	@Override
	public Set<Fingerprint> answersBehind(String key) {
		GivenAnswer given = this.caches.given(key);
		return (given != null) ? Set.of(given.hit().wording().answer()) : Set.of();
	}

	/**
	 * Return the cosine similarity below which no answer is given at first.
	 * @return the threshold
	 */
	public double threshold() {
		return this.settings.decision().threshold();
	}

	/**
	 * Tell whether the threshold was measured for the embedding model.
	 * @return whether it was, if none was set
	 */
	public boolean calibrated() {
		return this.settings.calibrated();
	}

	/**
	 * Return how often answers from similar questions were wrong.
	 * @param cache the name of the cache
	 * @return the share, or {@code null} if there is no such cache
	 */
	public @Nullable WrongHitShare wrongHitShare(String cache) {
		SemanticChatCache found = this.caches.named(cache);
		return (found != null) ? found.share() : null;
	}

	/**
	 * Collects the settings of a {@link SemanticCaching}.
	 */
	public static final class Builder {

		final EmbeddingModel embeddingModel;

		final String embeddingModelId;

		final List<SemanticVerifier> verifiers = new ArrayList<>();

		SemanticIndex index = EmbeddedSemanticIndex.builder().build();

		SemanticRules rules = SemanticRules.STANDARD;

		int maxTurns = 1;

		double maxErrorRate = 0.01;

		double shadowRate;

		DoubleSupplier dice = () -> ThreadLocalRandom.current().nextDouble();

		private @Nullable AnswerJudge judge;

		private @Nullable Double threshold;

		private boolean guarded = true;

		private Builder(EmbeddingModel model, String modelId) {
			this.embeddingModel = Objects.requireNonNull(model, "'model' must not be null");
			this.embeddingModelId = Objects.requireNonNull(modelId, "'modelId' must not be null");
		}

		/**
		 * Set where questions are found by their vectors.
		 * @param index the index, which several models may share; by default one in this
		 * JVM
		 * @return this builder
		 */
		public Builder index(SemanticIndex index) {
			this.index = Objects.requireNonNull(index, "'index' must not be null");
			return this;
		}

		/**
		 * Set the cosine similarity below which no answer is given.
		 * @param threshold the similarity, from -1 to 1, or {@code null}, the default,
		 * for one that fits the embedding model
		 * @return this builder
		 * @throws IllegalArgumentException if it is out of that range
		 */
		public Builder threshold(@Nullable Double threshold) {
			if (threshold != null && !(threshold >= -1 && threshold <= 1)) {
				throw new IllegalArgumentException("'threshold' must be from -1 to 1, not " + threshold);
			}
			this.threshold = threshold;
			return this;
		}

		/**
		 * Set whether guards may refuse what is similar enough.
		 * @param guarded whether they may; {@code true} by default
		 * @return this builder
		 */
		public Builder guarded(boolean guarded) {
			this.guarded = guarded;
			return this;
		}

		/**
		 * Set what a question must be like.
		 * @param rules the rules
		 * @return this builder
		 */
		public Builder rules(SemanticRules rules) {
			this.rules = Objects.requireNonNull(rules, "'rules' must not be null");
			return this;
		}

		/**
		 * Set how many messages of the user a request may have; all but the last must be
		 * the same as in the request that is answered.
		 * @param maxTurns the number, 1 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is less than 1
		 */
		public Builder maxTurns(int maxTurns) {
			if (maxTurns < 1) {
				throw new IllegalArgumentException("'maxTurns' must be at least 1, not " + maxTurns);
			}
			this.maxTurns = maxTurns;
			return this;
		}

		/**
		 * Add one that has the last word on answers to similar questions.
		 * @param verifier the verifier
		 * @return this builder
		 */
		public Builder verifier(SemanticVerifier verifier) {
			this.verifiers.add(verifier);
			return this;
		}

		/**
		 * Set the share of answers to similar questions for which the model is asked too,
		 * in the background.
		 * @param shadowRate the share, from 0, the default, to 1
		 * @return this builder
		 * @throws IllegalArgumentException if it is out of that range
		 */
		public Builder shadowRate(double shadowRate) {
			this.shadowRate = share("shadowRate", shadowRate);
			return this;
		}

		/**
		 * Set the share of wrong answers among those that above which the threshold goes
		 * up. It takes checks to be kept.
		 * @param maxErrorRate the share, from 0 to 1; 0.01 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is out of that range
		 * @see #shadowRate
		 */
		public Builder maxErrorRate(double maxErrorRate) {
			this.maxErrorRate = share("maxErrorRate", maxErrorRate);
			return this;
		}

		/**
		 * Set what tells whether two answers say the same.
		 * @param judge the judge, or {@code null}, the default, to compare their texts
		 * and vectors
		 * @return this builder
		 */
		public Builder judge(@Nullable AnswerJudge judge) {
			this.judge = judge;
			return this;
		}

		/**
		 * Build the layer.
		 * @return the layer, for any number of models
		 */
		public SemanticCaching build() {
			return new SemanticCaching(this);
		}

		Builder dice(DoubleSupplier dice) {
			this.dice = dice;
			return this;
		}

		SemanticDecision decision() {
			Thresholds fitting = Thresholds.of(this.embeddingModelId);
			double chosen = (this.threshold != null) ? this.threshold
					: this.guarded ? fitting.guarded() : fitting.plain();
			return this.guarded ? SemanticDecision.guarded(chosen, this.rules) : SemanticDecision.threshold(chosen);
		}

		boolean calibrated() {
			return Thresholds.of(this.embeddingModelId).known();
		}

		AnswerJudge judge(ChatCacheContext context) {
			return (this.judge != null) ? this.judge : new SimilarAnswers(this.embeddingModel,
					context.settings().name(), context.failures(), context.clock());
		}

		private static double share(String name, double value) {
			if (!(value >= 0 && value <= 1)) {
				throw new IllegalArgumentException("'%s' must be from 0 to 1, not %s".formatted(name, value));
			}
			return value;
		}

	}

}
