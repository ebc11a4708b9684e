package io.modelcache.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one cache, registered when the cache is known, so that a hit finds them
 * ready and a cache that was never asked shows zeros.
 */
final class ModelMeters {

	private static final double[] PERCENTILES = { 0.5, 0.95, 0.99 };

	/**
	 * Each value goes into all histograms of a timer, and a hit is too short for several.
	 */
	private static final int HISTOGRAMS = 1;

	private final Map<String, Map<LookupOutcome, Timer>> lookups = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final ModelFigures figures;

	private final Tags tags;

	private final BoundedCounters bypasses;

	private final BoundedCounters rejections;

	private final SemanticMeters semantic;

	ModelMeters(MeterRegistry registry, String cache, ModelFigures figures, @Nullable String currency) {
		this.registry = registry;
		this.figures = figures;
		this.tags = Tags.of("cache", cache);
		this.bypasses = new BoundedCounters(registry, "modelcache.bypass", this.tags, "reason",
				"Calls that left the cache aside");
		this.rejections = new BoundedCounters(registry, "modelcache.rejections", this.tags, "reason",
				"Answers that were not stored although nothing failed");
		this.semantic = new SemanticMeters(registry, this.tags);
		registerUsual(cacheTags(cache));
		registerOwn();
		if (currency != null) {
			register("modelcache.cost.saved", this.tags.and("currency", currency), ModelFigures::money,
					"Money that answers from the cache saved, after what the cache spent itself");
		}
	}

	/**
	 * Return the tags that Spring Boot gives to all caches: a registry may want the same
	 * ones on all meters of a name.
	 */
	static Tags cacheTags(String cache) {
		return Tags.of("cache", cache, "cache.manager", "modelcache", "name", cache);
	}

	void looked(String layer, LookupOutcome outcome, long nanos) {
		this.lookups.computeIfAbsent(layer, (name) -> new ConcurrentHashMap<>())
			.computeIfAbsent(outcome, (word) -> timer(layer, word))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	void bypassed(String reason) {
		this.bypasses.increment(reason);
	}

	void rejected(String reason) {
		this.rejections.increment(reason);
	}

	SemanticMeters semantic() {
		return this.semantic;
	}

	private void registerUsual(Tags usual) {
		String gets = "Answers that came from the cache (hit) or not (miss)";
		register("cache.gets", usual.and("result", "hit"), ModelFigures::hits, gets);
		register("cache.gets", usual.and("result", "miss"), ModelFigures::misses, gets);
		register("cache.puts", usual, ModelFigures::puts, "Answers that were stored");
	}

	private void registerOwn() {
		String tokens = "Tokens that were not paid for, because an answer came from the cache";
		register("modelcache.provider.calls", this.tags, ModelFigures::calls, "Calls to the model");
		register("modelcache.provider.calls.avoided", this.tags, ModelFigures::avoidedCalls,
				"Calls for whose answers the model was not asked");
		register("modelcache.collapsed", this.tags, ModelFigures::collapsed,
				"Calls that shared the model call of another one");
		register("modelcache.tokens.saved", this.tags.and("type", "input"), ModelFigures::inputTokens, tokens);
		register("modelcache.tokens.saved", this.tags.and("type", "output"), ModelFigures::outputTokens, tokens);
	}

	private void register(String name, Tags tags, ToDoubleFunction<ModelFigures> value, String description) {
		FunctionCounter.builder(name, this.figures, value).tags(tags).description(description).register(this.registry);
	}

	private Timer timer(String layer, LookupOutcome outcome) {
		return Timer.builder("modelcache.lookup")
			.tags(this.tags.and("layer", layer).and(outcome.tag()))
			.description("Time to find an answer, or that there is none")
			.publishPercentiles(PERCENTILES)
			.distributionStatisticBufferLength(HISTOGRAMS)
			.register(this.registry);
	}

}
