package io.modelcache.autoconfigure;

import java.util.Set;

import io.modelcache.autoconfigure.SemanticProperties.Decision;
import org.jspecify.annotations.Nullable;

/**
 * How the questions to one model are compared, where that differs from all others. Where
 * answers and vectors live is the same for all.
 *
 * @param embeddingModel Name of the EmbeddingModel bean that makes its vectors.
 * @param decision Whether guards may refuse what is similar enough.
 * @param threshold Cosine similarity below which no answer is given. Default: the one for
 * all, or one that fits if the embedding model or the decision is not that of all.
 * @param guards Whether the guards are on.
 * @param disabledGuards Names of single guards that are not asked.
 * @param languages Languages of questions that a similar one may answer.
 * @param maxInput How many words a question may have that a similar one may answer.
 * @param maxTurns How many messages of the user a request may have.
 * @param maxErrorRate Share of wrong ones among answers to similar questions above which
 * the threshold goes up.
 * @param shadowRate Share of answers to similar questions for which the model is asked
 * too.
 */
record OwnSemanticProperties(@Nullable String embeddingModel, @Nullable Decision decision, @Nullable Double threshold,
		@Nullable Boolean guards, @Nullable Set<String> disabledGuards, @Nullable Set<String> languages,
		@Nullable Integer maxInput, @Nullable Integer maxTurns, @Nullable Double maxErrorRate,
		@Nullable Double shadowRate) {

	static final OwnSemanticProperties UNSET = new OwnSemanticProperties(null, null, null, null, null, null, null, null,
			null, null);

	/**
	 * Return the settings for the model: its own, else those for all.
	 */
	SemanticProperties over(SemanticProperties all) {
		return new SemanticProperties(all.store(), all.index(), all.maximumEntries(),
				(this.embeddingModel != null) ? this.embeddingModel : all.embeddingModel(),
				guarded(all) ? Decision.GUARDED : Decision.THRESHOLD, threshold(all), true,
				first(this.disabledGuards, all.disabledGuards()), first(this.languages, all.languages()),
				first(this.maxInput, all.maxInput()), first(this.maxTurns, all.maxTurns()),
				first(this.maxErrorRate, all.maxErrorRate()), first(this.shadowRate, all.shadowRate()), null);
	}

	/**
	 * Either of the two properties of a model counts more than both of those for all.
	 */
	private boolean guarded(SemanticProperties all) {
		if (this.decision == null && this.guards == null) {
			return all.guarded();
		}
		return first(this.guards, true) && first(this.decision, Decision.GUARDED) == Decision.GUARDED;
	}

	/**
	 * A threshold was measured for an embedding model and a decision.
	 */
	private @Nullable Double threshold(SemanticProperties all) {
		boolean comparable = (this.embeddingModel == null || this.embeddingModel.equals(all.embeddingModel()))
				&& guarded(all) == all.guarded();
		return (this.threshold != null || !comparable) ? this.threshold : all.threshold();
	}

	private static <T> T first(@Nullable T own, T other) {
		return (own != null) ? own : other;
	}

}
