package io.modelcache.chat.semantic;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Accepts a similar question if no guard refuses and the words differ no more than the
 * similarity allows.
 * <p>
 * The allowance is the angle of the threshold. The angle between the vectors uses up a
 * part of it, and so does each kind of difference between the words.
 */
final class GuardedDecision implements SemanticDecision {

	/**
	 * The name in the verdict when no guard refuses but the words differ too much for the
	 * similarity.
	 */
	static final String WORDING = "wording";

	private static final double ROUNDING = 1e-6;

	private final double threshold;

	private final double allowance;

	private final Guards guards;

	GuardedDecision(double threshold, Guards guards) {
		this.threshold = threshold;
		this.allowance = Math.acos(Math.max(-1, Math.min(1, threshold)));
		this.guards = guards;
	}

	@Override
	public double threshold() {
		return this.threshold;
	}

	@Override
	public SemanticDecision withThreshold(double other) {
		return new GuardedDecision(other, this.guards);
	}

	@Override
	public Verdict decide(ReadQuestion asked, ReadQuestion cached, double similarity) {
		if (!(similarity >= this.threshold)) {
			return Verdict.TOO_FAR;
		}
		String bypass = bypass(asked, cached);
		if (bypass != null) {
			return Verdict.refusedBy(bypass);
		}
		Comparison comparison = Comparison.of(asked, cached);
		String guard = this.guards.refusal(comparison);
		if (guard != null) {
			return Verdict.refusedBy(guard);
		}
		return (margin(comparison, similarity) >= -ROUNDING) ? Verdict.ACCEPTED : Verdict.refusedBy(WORDING);
	}

	@Override
	public Verdict decideCanonical(ReadQuestion asked, ReadQuestion cached) {
		if (asked.exactOnly() != null || cached.exactOnly() != null) {
			return Verdict.refusedBy(reason(asked.exactOnly(), cached.exactOnly()));
		}
		String guard = this.guards.refusal(Comparison.of(asked, cached));
		return (guard != null) ? Verdict.refusedBy(guard) : Verdict.ACCEPTED;
	}

	/**
	 * Return what is left of the allowance: the higher, the surer.
	 * @param asked the question that was asked
	 * @param cached the question whose answer is known
	 * @param similarity the cosine of their vectors
	 * @return the share of the allowance that is left, negative if it is exceeded, or
	 * negative infinity if a guard refuses
	 */
	double margin(ReadQuestion asked, ReadQuestion cached, double similarity) {
		if (bypass(asked, cached) != null) {
			return Double.NEGATIVE_INFINITY;
		}
		Comparison comparison = Comparison.of(asked, cached);
		return (this.guards.refusal(comparison) != null) ? Double.NEGATIVE_INFINITY : margin(comparison, similarity);
	}

	private double margin(Comparison comparison, double similarity) {
		return 1 - Wording.share(comparison) - Math.acos(Math.min(1, similarity)) / this.allowance;
	}

	private static @Nullable String bypass(ReadQuestion asked, ReadQuestion cached) {
		if (asked.exactOnly() != null || cached.exactOnly() != null) {
			return reason(asked.exactOnly(), cached.exactOnly());
		}
		return (asked.canonicalOnly() != null || cached.canonicalOnly() != null)
				? reason(asked.canonicalOnly(), cached.canonicalOnly()) : null;
	}

	private static String reason(@Nullable String asked, @Nullable String cached) {
		return (asked != null) ? asked : Objects.requireNonNull(cached);
	}

}
