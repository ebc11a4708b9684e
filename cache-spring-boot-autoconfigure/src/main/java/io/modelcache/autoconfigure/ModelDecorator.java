package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.CachingModelBuilder;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.chat.ChatCachePolicy;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.embedding.EmbeddingCachePolicy;
import io.modelcache.store.CacheStore;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Builds the decorators of model beans from their settings and from the application's own
 * beans, and remembers what came of it.
 */
final class ModelDecorator {

	private final DecorationPlan plan;

	private final CacheStores stores;

	private final ScopeResolvers scopes;

	private final SemanticLayer semantic;

	private final ListableBeanFactory beanFactory;

	private final Map<String, Decoration> outcomes = new ConcurrentHashMap<>();

	private final Map<String, CacheSettings> settings = new ConcurrentHashMap<>();

	ModelDecorator(DecorationPlan plan, CacheStores stores, ScopeResolvers scopes, SemanticLayer semantic,
			ListableBeanFactory beanFactory) {
		this.plan = plan;
		this.stores = stores;
		this.scopes = scopes;
		this.semantic = semantic;
		this.beanFactory = beanFactory;
	}

	/**
	 * Put a cache around a model.
	 * @param model the model
	 * @param decoration the decision that it gets one
	 * @return the decorator
	 */
	Object decorate(Object model, Decoration decoration) {
		return switch (decoration.kind()) {
			case CHAT -> chat((ChatModel) model, decoration);
			case EMBEDDING -> embedding((EmbeddingModel) model, decoration);
		};
	}

	/**
	 * Return what came of a bean.
	 * @return the outcome, or {@code null} if it was not decorated here or not yet
	 */
	@Nullable Decoration outcome(String beanName) {
		return this.outcomes.get(beanName);
	}

	/**
	 * Return the settings with which a bean was decorated.
	 * @return the settings, or {@code null} if it was not decorated here or not yet
	 */
	@Nullable CacheSettings settings(String beanName) {
		return this.settings.get(beanName);
	}

	private ChatModel chat(ChatModel model, Decoration decoration) {
		ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
		CachingChatModel.Builder builder = CachingChatModel.builder(model)
			.toolCalls(settings.toolCalls())
			.nonDeterministic(settings.nonDeterministic())
			.storeQuestions(settings.storePrompts())
			.explain(settings.explain())
			.singleFlight(settings.singleFlight())
			.maxWait(settings.maxWait())
			.distributed(settings.lease());
		if (settings.semantic()) {
			builder.cacheLayer(this.semantic.late(settings));
		}
		beans(ChatCachePolicy.class).orderedStream().forEach(builder::policy);
		prepare(builder, decoration.beanName(), settings);
		CachingChatModel decorated = builder.build();
		this.settings.put(decoration.beanName(), decorated.getSettings());
		this.outcomes.put(decoration.beanName(), cached(decoration, decorated.getSettings(), settings.semantic()));
		return decorated;
	}

	private EmbeddingModel embedding(EmbeddingModel model, Decoration decoration) {
		ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
		CachingEmbeddingModel.Builder builder = CachingEmbeddingModel.builder(model)
			.queries(settings.queries())
			.batchSize(settings.batchSize())
			.singleFlight(settings.singleFlight())
			.maxWait(settings.maxWait());
		beans(EmbeddingCachePolicy.class).orderedStream().forEach(builder::policy);
		prepare(builder, decoration.beanName(), settings);
		CachingEmbeddingModel decorated = builder.build();
		this.settings.put(decoration.beanName(), decorated.getSettings());
		this.outcomes.put(decoration.beanName(),
				(decorated.getModelName() != null) ? cached(decoration, decorated.getSettings(), false)
						: Decoration.unidentified(decoration.beanName(), decoration.kind()));
		return decorated;
	}

	private void prepare(CachingModelBuilder<?> builder, String beanName, ModelSettings settings) {
		CacheProvider provider = settings.store();
		CacheStore store = this.stores.get(provider, settings.storeProperty());
		DistributedFlightCheck.check(settings, store);
		builder.name(beanName)
			.layer(provider.toString())
			.store(store)
			.namespace(settings.namespace())
			.modelId(settings.modelId())
			.keySecret(this.plan.properties().keySecret())
			.ttl(settings.ttl())
			.staleRetention(settings.staleRetention())
			.scopeResolver(this.scopes.get(settings.scope(), settings.scopeProperty()))
			.maxEntrySize(settings.maxEntrySize().toBytes());
		beans(CacheListener.class).orderedStream().forEach(builder::listener);
		beans(CachingModelCustomizer.class).orderedStream()
			.forEach((customizer) -> customizer.customize(beanName, builder));
	}

	/**
	 * A customizer may have changed what the properties say.
	 */
	private static Decoration cached(Decoration decoration, CacheSettings settings, boolean semantic) {
		return Decoration.cached(decoration.beanName(), decoration.kind(), "%s%s, ttl %s"
			.formatted(semantic ? "semantic over " : "", settings.layer(), new TimeToLive(settings.ttl())));
	}

	/**
	 * Find beans without creating factory beans only to learn their type.
	 */
	private <T> ObjectProvider<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type, false);
	}

}
