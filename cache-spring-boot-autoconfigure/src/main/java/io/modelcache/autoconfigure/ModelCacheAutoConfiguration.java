package io.modelcache.autoconfigure;

import io.modelcache.CacheListener;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.chat.ChatCachePolicy;
import io.modelcache.embedding.EmbeddingCachePolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} that puts a cache around every chat and embedding model bean.
 */
@AutoConfiguration
@ConditionalOnClass(CachingChatModel.class)
@ConditionalOnBooleanProperty(name = "modelcache.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ModelCacheProperties.class)
@Import({ CaffeineStoreConfiguration.class, CustomStoreConfiguration.class })
public final class ModelCacheAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DecorationPlan modelCacheDecorationPlan(Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		return new DecorationPlan(environment, beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConcreteInjectionSupport modelCacheConcreteInjectionSupport(DecorationPlan plan) {
		return new ConcreteInjectionSupport(plan);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ModelPostProcessor modelCacheModelPostProcessor(DecorationPlan plan,
			ObjectProvider<ModelDecorator> decorator) {
		return new ModelPostProcessor(plan, decorator);
	}

	@Bean
	CacheStores modelCacheStores(ObjectProvider<StoreFactory> factories) {
		return new CacheStores(factories.orderedStream().toList());
	}

	@Bean
	ModelDecorator modelCacheModelDecorator(CacheStores stores, ObjectProvider<CacheListener> listeners,
			ObjectProvider<ChatCachePolicy> chatPolicies, ObjectProvider<EmbeddingCachePolicy> embeddingPolicies,
			ObjectProvider<CachingModelCustomizer> customizers) {
		return new ModelDecorator(stores, listeners, chatPolicies, embeddingPolicies, customizers);
	}

	@Bean
	DecorationReport modelCacheDecorationReport(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan) {
		return new DecorationReport(beanFactory, plan);
	}

	@Bean
	StartupCheck modelCacheStartupCheck(DecorationPlan plan, DecorationReport report, CacheStores stores) {
		return new StartupCheck(plan, report, stores);
	}

}
