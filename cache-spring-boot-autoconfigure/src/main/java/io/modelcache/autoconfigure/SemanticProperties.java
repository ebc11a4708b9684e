package io.modelcache.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the provider semantic, by which questions are answered that mean the same
 * as one before.
 *
 * @param store Where the answers live.
 * @param index Where questions are found by their vectors.
 * @param maximumEntries How many questions the embedded index holds; the oldest go.
 * @param embeddingModel Name of the EmbeddingModel bean that makes the vectors, if there
 * are several and none of them is primary.
 * @param decision Whether guards may refuse what is similar enough.
 * @param threshold Cosine similarity below which no answer is given. Default: one that
 * fits the embedding model.
 * @param guards Whether the guards are on; false is the same as
 * modelcache.semantic.decision=threshold.
 * @param disabledGuards Names of single guards that are not asked.
 * @param languages Languages of questions that a similar one may answer. The guards know
 * English.
 * @param maxInput How many words a question may have that a similar one may answer.
 * @param maxTurns How many messages of the user a request may have; all but the last must
 * be the same as in the request that is answered.
 * @param maxErrorRate Share of wrong ones among answers to similar questions above which
 * the threshold goes up. It takes a shadow-rate to be kept.
 * @param shadowRate Share of answers to similar questions for which the model is asked
 * too, in the background; 0.02 is a good value in production.
 * @param calibrate Path of a file of labelled pairs of questions, one JSON object with
 * query_a, query_b and equivalent on each line: the application starts, prints which
 * threshold fits its embedding model, and ends.
 */
record SemanticProperties(@DefaultValue("caffeine") CacheProvider store, @DefaultValue("embedded") IndexKind index,
		@DefaultValue("100000") int maximumEntries, @Nullable String embeddingModel,
		@DefaultValue("guarded") Decision decision, @Nullable Double threshold, @DefaultValue("true") boolean guards,
		@DefaultValue Set<String> disabledGuards, @DefaultValue("en") Set<String> languages,
		@DefaultValue("100") int maxInput, @DefaultValue("1") int maxTurns, @DefaultValue("0.01") double maxErrorRate,
		@DefaultValue("0") double shadowRate, @Nullable String calibrate) {

	boolean guarded() {
		return this.guards && this.decision == Decision.GUARDED;
	}

	/**
	 * Where questions are found by their vectors.
	 */
	enum IndexKind {

		/**
		 * On the heap of this JVM.
		 */
		EMBEDDED,

		/**
		 * In vector sets of Redis 8.
		 */
		REDIS

	}

	/**
	 * What decides whether an answer serves a similar question.
	 */
	enum Decision {

		/**
		 * Similarity, and guards that know what it does not see.
		 */
		GUARDED,

		/**
		 * Similarity alone.
		 */
		THRESHOLD

	}

}
