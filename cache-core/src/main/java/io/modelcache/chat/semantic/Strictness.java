package io.modelcache.chat.semantic;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How strict the decisions on one model's answers are: as configured, and stricter when
 * too many answers turn out to be wrong. Safe for use by several threads.
 */
final class Strictness {

	private static final Logger logger = LoggerFactory.getLogger(SemanticCaching.class);

	/**
	 * How much of the way to 1 the threshold goes at once.
	 */
	private static final double STEP = 0.25;

	private final String cache;

	private final double maxErrorRate;

	private final ErrorRate errors = new ErrorRate();

	private volatile SemanticDecision decision;

	Strictness(String cache, SemanticDecision decision, double maxErrorRate) {
		this.cache = cache;
		this.decision = decision;
		this.maxErrorRate = maxErrorRate;
	}

	SemanticDecision decision() {
		return this.decision;
	}

	/**
	 * Take note of an answer that was checked. The threshold is raised once it is hardly
	 * possible that the error rate is kept, and the count starts again.
	 */
	synchronized void checked(boolean right) {
		this.errors.add(right);
		if (this.errors.checks() < ErrorRate.ENOUGH || this.errors.lowerBound() <= this.maxErrorRate) {
			return;
		}
		double before = this.decision.threshold();
		double raised = before + (1 - before) * STEP;
		logger.warn(
				"Cache '{}': {} of {} semantic hits that were checked are wrong, more than max-error-rate {} allows; "
						+ "the threshold goes up from {} to {} until the next start",
				this.cache, Math.round(this.errors.share() * this.errors.checks()), this.errors.checks(),
				this.maxErrorRate, "%.4f".formatted(before), "%.4f".formatted(raised));
		this.decision = this.decision.withThreshold(raised);
		this.errors.forget();
	}

	synchronized WrongHitShare share() {
		return new WrongHitShare(this.errors.checks(), this.errors.share(), this.errors.lowerBound(),
				this.errors.upperBound(), this.decision.threshold());
	}

}
