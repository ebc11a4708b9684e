package io.modelcache.chat.semantic;

/**
 * Decides whether the answer to one question may serve for another: pure, immutable and
 * thread-safe.
 */
interface SemanticDecision {

	/**
	 * Return the cosine below which nothing is accepted.
	 * @return the threshold, from -1 to 1
	 */
	double threshold();

	/**
	 * Return the same decision with another threshold.
	 * @param threshold the cosine below which nothing is accepted
	 * @return the decision
	 */
	SemanticDecision withThreshold(double threshold);

	/**
	 * Decide on a cached question that is near the asked one.
	 * @param asked the question that was asked
	 * @param cached the question whose answer is known
	 * @param similarity the cosine of their vectors
	 * @return the verdict
	 */
	Verdict decide(ReadQuestion asked, ReadQuestion cached, double similarity);

	/**
	 * Decide on a cached question that has the same canonical form as the asked one.
	 * @param asked the question that was asked
	 * @param cached the question whose answer is known
	 * @return the verdict
	 */
	Verdict decideCanonical(ReadQuestion asked, ReadQuestion cached);

	/**
	 * Return the decision by similarity, words and guards.
	 * @param threshold the cosine below which nothing is accepted
	 * @param rules the rules, of which the guards matter
	 * @return the decision
	 */
	static SemanticDecision guarded(double threshold, SemanticRules rules) {
		return new GuardedDecision(threshold, Guards.without(rules.disabledGuards()));
	}

	/**
	 * Return the decision by similarity alone.
	 * @param threshold the cosine below which nothing is accepted
	 * @return the decision
	 */
	static SemanticDecision threshold(double threshold) {
		return new ThresholdDecision(threshold);
	}

}
