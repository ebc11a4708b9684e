package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.modelcache.CacheSettings;
import io.modelcache.chat.semantic.WrongHitShare;
import io.modelcache.store.CacheStore;
import io.modelcache.store.CountingStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import org.jspecify.annotations.Nullable;

/**
 * Knows the models of the application and their caches; the bean by which meters and the
 * actuator ask. Safe for use by several threads.
 */
public final class CachedModels {

	private final DecorationPlan plan;

	private final DecorationReport report;

	private final ModelDecorator decorator;

	private final CacheStores stores;

	private final ScopeResolvers scopes;

	private final SemanticLayer semantic;

	CachedModels(Decorating decorating) {
		this.plan = decorating.plan();
		this.report = decorating.report();
		this.decorator = decorating.decorator();
		this.stores = decorating.stores();
		this.scopes = decorating.scopes();
		this.semantic = decorating.semantic();
	}

	/**
	 * Return all models, those that are not cached too; none is created for that.
	 * @return the models, in the order of their definition
	 */
	public List<CachedModel> all() {
		return this.report.decorations().stream().map(this::describe).toList();
	}

	/**
	 * Count the entries of one model, if its store can do that without waiting for
	 * anything.
	 * @param model the model
	 * @return the figures, or {@code null} if the store is elsewhere or does not count
	 */
	public @Nullable StoreStats count(CachedModel model) {
		CacheStore store = this.stores.existing(settings(model).store());
		CountingStore counting = (store != null && !store.blocking()) ? store.capability(CountingStore.class) : null;
		return (counting != null) ? counting.count(Selector.all().withBean(model.name())) : null;
	}

	/**
	 * Return the name of the store in which the answers of a model live.
	 * @param model the model
	 * @return the name, as it is written in properties
	 */
	public String store(CachedModel model) {
		return settings(model).store().toString();
	}

	/**
	 * Return how often answers of a model to similar questions were wrong.
	 * @param model the model
	 * @return the share, or {@code null} if it is not asked by meaning
	 */
	public @Nullable WrongHitShare wrongHitShare(CachedModel model) {
		return settings(model).semantic() ? this.semantic.wrongHitShare(model.name()) : null;
	}

	private ModelSettings settings(CachedModel model) {
		return this.plan.settings(model.name(), kind(model.kind()));
	}

	private static ModelKind kind(String property) {
		return property.equals(ModelKind.CHAT.property()) ? ModelKind.CHAT : ModelKind.EMBEDDING;
	}

	private CachedModel describe(Decoration decoration) {
		ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
		boolean cached = decoration.decorated();
		return new CachedModel(decoration.beanName(), decoration.kind().property(), cached, decoration.detail(),
				cached ? layers(settings) : List.of(), cached ? inForce(decoration, settings) : Map.of());
	}

	private List<String> layers(ModelSettings settings) {
		List<String> layers = new ArrayList<>();
		NearStore near = this.plan.properties().near();
		if (near != NearStore.NONE && settings.store() != CacheProvider.CAFFEINE) {
			layers.add("near " + near);
		}
		layers.add(settings.store().toString());
		if (settings.semantic()) {
			layers.add(CacheProvider.SEMANTIC.toString());
		}
		return layers;
	}

	/**
	 * What a customizer may have changed is read from the decorator.
	 */
	private Map<String, Object> inForce(Decoration decoration, ModelSettings settings) {
		Map<String, Object> inForce = new TreeMap<>();
		CacheSettings decorated = this.decorator.settings(decoration.beanName());
		inForce.put("provider", settings.provider().toString());
		inForce.put("ttl", new TimeToLive((decorated != null) ? decorated.ttl() : settings.ttl()).toString());
		inForce.put("namespace", (decorated != null) ? decorated.namespace() : settings.namespace());
		inForce.put("max-entry-size",
				(decorated != null) ? decorated.maxEntrySize() : settings.maxEntrySize().toBytes());
		inForce.put("stale-retention",
				((decorated != null) ? decorated.staleRetention() : settings.staleRetention()).toString());
		inForce.put("scope", this.scopes.word(settings.scope()));
		inForce.put("keyed", this.plan.properties().keySecret() != null);
		inForce.put("single-flight", settings.singleFlight());
		addOwn(inForce, decoration.kind(), settings);
		return inForce;
	}

	private static void addOwn(Map<String, Object> inForce, ModelKind kind, ModelSettings settings) {
		if (settings.modelId() != null) {
			inForce.put("model-id", settings.modelId());
		}
		if (kind == ModelKind.CHAT) {
			inForce.put("tool-calls", settings.toolCalls());
			inForce.put("non-deterministic", settings.nonDeterministic().name().toLowerCase(Locale.ROOT));
			inForce.put("store-prompts", settings.storePrompts());
			inForce.put("distributed", settings.lease() != null);
			inForce.put("explain", settings.explain());
			if (settings.semantic()) {
				addSemantic(inForce, settings.semanticProperties());
			}
		}
		else {
			inForce.put("queries", settings.queries());
			inForce.put("batch-size", settings.batchSize());
		}
	}

	private static void addSemantic(Map<String, Object> inForce, SemanticProperties semantic) {
		inForce.put("semantic.index", semantic.index().name().toLowerCase(Locale.ROOT));
		inForce.put("semantic.decision", semantic.guarded() ? "guarded" : "threshold");
		inForce.put("semantic.disabled-guards", semantic.disabledGuards());
		inForce.put("semantic.languages", semantic.languages());
		inForce.put("semantic.max-input", semantic.maxInput());
		inForce.put("semantic.max-turns", semantic.maxTurns());
		inForce.put("semantic.max-error-rate", semantic.maxErrorRate());
		inForce.put("semantic.shadow-rate", semantic.shadowRate());
	}

}
