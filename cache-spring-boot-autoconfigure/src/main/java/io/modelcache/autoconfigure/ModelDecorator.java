package io.modelcache.autoconfigure;

import io.modelcache.CacheListener;
import io.modelcache.CachingModelBuilder;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.chat.ChatCachePolicy;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.embedding.EmbeddingCachePolicy;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Builds the decorator of one model bean from its settings and from the application's own
 * beans.
 */
final class ModelDecorator {

	private final CacheStores stores;

	private final ObjectProvider<CacheListener> listeners;

	private final ObjectProvider<ChatCachePolicy> chatPolicies;

	private final ObjectProvider<EmbeddingCachePolicy> embeddingPolicies;

	private final ObjectProvider<CachingModelCustomizer> customizers;

	ModelDecorator(CacheStores stores, ObjectProvider<CacheListener> listeners,
			ObjectProvider<ChatCachePolicy> chatPolicies, ObjectProvider<EmbeddingCachePolicy> embeddingPolicies,
			ObjectProvider<CachingModelCustomizer> customizers) {
		this.stores = stores;
		this.listeners = listeners;
		this.chatPolicies = chatPolicies;
		this.embeddingPolicies = embeddingPolicies;
		this.customizers = customizers;
	}

	Object decorate(Object model, Decoration decoration, ModelSettings settings) {
		return switch (decoration.kind()) {
			case CHAT -> chat((ChatModel) model, decoration, settings);
			case EMBEDDING -> embedding((EmbeddingModel) model, decoration, settings);
		};
	}

	private ChatModel chat(ChatModel model, Decoration decoration, ModelSettings settings) {
		CachingChatModel.Builder builder = CachingChatModel.builder(model)
			.toolCalls(settings.toolCalls())
			.nonDeterministic(settings.nonDeterministic());
		this.chatPolicies.orderedStream().forEach(builder::policy);
		prepare(builder, decoration, settings);
		return builder.build();
	}

	private EmbeddingModel embedding(EmbeddingModel model, Decoration decoration, ModelSettings settings) {
		CachingEmbeddingModel.Builder builder = CachingEmbeddingModel.builder(model)
			.queries(settings.queries())
			.batchSize(settings.batchSize());
		this.embeddingPolicies.orderedStream().forEach(builder::policy);
		prepare(builder, decoration, settings);
		return builder.build();
	}

	private void prepare(CachingModelBuilder<?> builder, Decoration decoration, ModelSettings settings) {
		CacheProvider provider = settings.provider();
		builder.name(decoration.beanName())
			.layer(provider.toString())
			.store(this.stores.get(provider, settings.providerProperty()))
			.namespace(settings.namespace())
			.modelId(settings.modelId())
			.ttl(settings.ttl())
			.maxEntrySize(settings.maxEntrySize().toBytes());
		this.listeners.orderedStream().forEach(builder::listener);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(decoration.beanName(), builder));
	}

}
