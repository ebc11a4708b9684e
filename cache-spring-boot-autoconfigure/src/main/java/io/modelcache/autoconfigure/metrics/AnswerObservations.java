package io.modelcache.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import io.modelcache.autoconfigure.CachedModel;
import io.modelcache.autoconfigure.CachedModels;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Leaves an observation where a trace would otherwise lose the call of the model, because
 * the model was not asked. It has no length and says that the answer is a cached one.
 * <p>
 * It is not Spring AI's own observation of a call, by which tokens are counted as spent.
 */
final class AnswerObservations implements CacheListener {

	static final String NAME = "modelcache.answer";

	private static final String UNKNOWN = "none";

	private final Map<String, String> operations = new ConcurrentHashMap<>();

	private final SingletonSupplier<ObservationRegistry> registry;

	private final CachedModels models;

	AnswerObservations(ObjectProvider<ObservationRegistry> registry, CachedModels models) {
		this.registry = SingletonSupplier.of(registry::getObject);
		this.models = models;
	}

	@Override
	public void onSaved(String cache, CacheStatus status, SavedCall saved) {
		ObservationRegistry registry = this.registry.obtain();
		if (registry.isNoop()) {
			return;
		}
		String operation = this.operations.computeIfAbsent(cache, this::operation);
		String model = (saved.model() != null) ? saved.model() : UNKNOWN;
		Observation observation = Observation.createNotStarted(NAME, registry)
			.contextualName("%s %s (cached)".formatted(operation, model))
			.lowCardinalityKeyValues(KeyValues.of("gen_ai.operation.name", operation, "gen_ai.response.model", model,
					"modelcache.cache", cache, "modelcache.cached", "true", "modelcache.result",
					status.collapsed() ? "collapsed" : "hit", "modelcache.layer", orUnknown(status.layer())))
			.highCardinalityKeyValues(KeyValues.of("modelcache.key", orUnknown(status.key()),
					"modelcache.tokens.saved.input", Long.toString(saved.inputTokens()),
					"modelcache.tokens.saved.output", Long.toString(saved.outputTokens())));
		Observation parent = saved.context().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		observation.start().stop();
	}

	/**
	 * Return the name that OpenTelemetry has for what a model does.
	 */
	private String operation(String cache) {
		for (CachedModel model : this.models.all()) {
			if (model.name().equals(cache)) {
				return model.kind().equals("embedding") ? "embeddings" : model.kind();
			}
		}
		return "chat";
	}

	private static String orUnknown(@Nullable String value) {
		return (value != null) ? value : UNKNOWN;
	}

}
