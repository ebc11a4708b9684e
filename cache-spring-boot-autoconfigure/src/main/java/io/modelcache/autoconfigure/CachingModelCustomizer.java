package io.modelcache.autoconfigure;

import io.modelcache.CachingModelBuilder;

/**
 * A bean of this type has the last word on how a model is decorated.
 * <p>
 * Several are called in their {@link org.springframework.core.annotation.Order order}.
 */
@FunctionalInterface
public interface CachingModelCustomizer {

	/**
	 * Change the settings of one decorated model.
	 * @param beanName the name of the model's bean
	 * @param builder a {@link io.modelcache.chat.CachingChatModel.Builder} or a
	 * {@link io.modelcache.embedding.CachingEmbeddingModel.Builder}, filled from the
	 * properties
	 */
	void customize(String beanName, CachingModelBuilder<?> builder);

}
