package io.modelcache.chat.semantic;

/**
 * Accepts whatever is similar enough.
 *
 * @param threshold the cosine below which nothing is accepted
 */
record ThresholdDecision(double threshold) implements SemanticDecision {

	@Override
	public SemanticDecision withThreshold(double other) {
		return new ThresholdDecision(other);
	}

	@Override
	public Verdict decide(ReadQuestion asked, ReadQuestion cached, double similarity) {
		return (similarity >= this.threshold) ? Verdict.ACCEPTED : Verdict.TOO_FAR;
	}

	@Override
	public Verdict decideCanonical(ReadQuestion asked, ReadQuestion cached) {
		return Verdict.ACCEPTED;
	}

}
