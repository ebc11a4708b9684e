package io.modelcache.autoconfigure;

import io.modelcache.CacheScopeResolver;
import io.modelcache.ModelCacheManager;
import io.modelcache.chat.CachingChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} that puts a cache around every chat and embedding model bean.
 */
@AutoConfiguration
@ConditionalOnClass(CachingChatModel.class)
@Conditional(OnEnabledCondition.class)
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
	static ConcreteInjections modelCacheConcreteInjections(ConfigurableListableBeanFactory beanFactory,
			DecorationPlan plan) {
		return new ConcreteInjections(beanFactory, plan);
	}

	/**
	 * A prototype is told where it is injected, and so can tell others.
	 */
	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static InjectionSite modelCacheInjectionSite(InjectionPoint point) {
		return InjectionSite.of(point);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConcreteInjectionSupport modelCacheConcreteInjectionSupport(DecorationPlan plan,
			ObjectProvider<ConcreteInjections> injections) {
		return new ConcreteInjectionSupport(plan, injections.getObject());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ModelPostProcessor modelCacheModelPostProcessor(DecorationPlan plan,
			ObjectProvider<ConcreteInjections> injections, ObjectProvider<ModelDecorator> decorator) {
		return new ModelPostProcessor(plan, injections.getObject(), decorator);
	}

	@Bean
	CacheStores modelCacheStores(ObjectProvider<StoreFactory> factories) {
		return new CacheStores(factories.orderedStream().toList());
	}

	@Bean
	ScopeResolvers modelCacheScopeResolvers(ObjectProvider<CacheScopeResolver> resolvers,
			ConfigurableListableBeanFactory beanFactory) {
		return new ScopeResolvers(resolvers, beanFactory.getBeanClassLoader());
	}

	@Bean
	ModelDecorator modelCacheModelDecorator(DecorationPlan plan, CacheStores stores, ScopeResolvers scopes,
			BeanFactory beanFactory) {
		return new ModelDecorator(plan, stores, scopes, beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	ModelCacheManager modelCacheManager(CacheStores stores, DecorationPlan plan) {
		return new ModelCacheManager(stores::all, plan.properties().keyHash());
	}

	@Bean
	DecorationReport modelCacheDecorationReport(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan,
			ModelDecorator decorator) {
		return new DecorationReport(beanFactory, plan, decorator);
	}

	@Bean
	StartupCheck modelCacheStartupCheck(DecorationPlan plan, DecorationReport report, CacheStores stores,
			ScopeResolvers scopes) {
		return new StartupCheck(plan, report, stores, scopes);
	}

}
