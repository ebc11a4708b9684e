package io.modelcache.autoconfigure.metrics;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one cache that answers similar questions, registered when the first one
 * was found.
 */
final class SemanticMeters {

	private static final double[] PERCENTILES = { 0.05, 0.5, 0.95 };

	private static final int SCALE = 3;

	private final LongAdder right = new LongAdder();

	private final LongAdder wrong = new LongAdder();

	private final AtomicBoolean checked = new AtomicBoolean();

	private final MeterRegistry registry;

	private final Tags tags;

	private final BoundedCounters refusals;

	private final BoundedCounters exactOnly;

	SemanticMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
		this.refusals = new BoundedCounters(registry, "modelcache.semantic.refusals", tags, "guard",
				"Answers to similar questions that were found and not given");
		this.exactOnly = new BoundedCounters(registry, "modelcache.semantic.exact.only", tags, "reason",
				"Questions for which nothing similar was looked for");
	}

	void exactOnly(String reason) {
		this.exactOnly.increment(reason);
	}

	void hit(double similarity) {
		similarity("hit").record(Math.max(0, similarity));
	}

	void refused(String guard, double similarity) {
		this.refusals.increment(guard);
		similarity("refused").record(Math.max(0, similarity));
	}

	void checked(boolean isRight) {
		(isRight ? this.right : this.wrong).increment();
		if (this.checked.compareAndSet(false, true)) {
			registerChecks();
		}
	}

	/**
	 * Return the share of wrong answers among those that were checked.
	 */
	private double wrongShare() {
		double wrong = this.wrong.sum();
		return wrong / (wrong + this.right.sum());
	}

	private DistributionSummary similarity(String outcome) {
		return DistributionSummary.builder("modelcache.semantic.similarity")
			.tags(this.tags.and("outcome", outcome))
			.description("Cosine similarity of a question and the one whose answer was found")
			.publishPercentiles(PERCENTILES)
			.percentilePrecision(SCALE)
			.register(this.registry);
	}

	private void registerChecks() {
		register("right", this.right);
		register("wrong", this.wrong);
		Gauge.builder("modelcache.semantic.wrong.share", this, SemanticMeters::wrongShare)
			.tags(this.tags)
			.description("Share of wrong answers among those that were checked")
			.register(this.registry);
	}

	private void register(String result, LongAdder count) {
		FunctionCounter.builder("modelcache.semantic.checks", count, LongAdder::sum)
			.tags(this.tags.and("result", result))
			.description("Answers to similar questions that were compared with what the model says")
			.register(this.registry);
	}

}
