package io.modelcache.autoconfigure;

import io.modelcache.ModelCacheManager;
import io.modelcache.chat.CachingChatModel;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
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
@Import({ CaffeineStoreConfiguration.class, CustomStoreConfiguration.class, JdbcStoreConfiguration.class,
		RedisStoreConfiguration.class })
public final class ModelCacheAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConcreteInjectionSupport modelCacheConcreteInjectionSupport() {
		return new ConcreteInjectionSupport();
	}

	/**
	 * A prototype is told where it is injected, and so can tell others.
	 */
	@Bean(InjectionSite.BEAN_NAME)
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static InjectionSite modelCacheInjectionSite(InjectionPoint point) {
		return InjectionSite.of(point);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ModelPostProcessor modelCacheModelPostProcessor() {
		return new ModelPostProcessor();
	}

	@Bean
	static StartupCheck modelCacheStartupCheck(Decorating modelCacheDecorating,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return new StartupCheck(modelCacheDecorating.plan(), modelCacheDecorating.report(),
				modelCacheDecorating.stores(), modelCacheDecorating.scopes(), modelCacheDecorating.semantic(),
				() -> UnknownProperties.find(beanFactory, environment));
	}

	@Bean
	static StoreLifecycle modelCacheStoreLifecycle(Decorating modelCacheDecorating) {
		return new StoreLifecycle(modelCacheDecorating.stores());
	}

	@Bean
	static CacheHealth modelCacheHealth(Decorating modelCacheDecorating) {
		return new CacheHealth(modelCacheDecorating.stores());
	}

	@Bean
	static CachedModels modelCacheCachedModels(Decorating modelCacheDecorating) {
		return new CachedModels(modelCacheDecorating);
	}

	@Bean
	@ConditionalOnProperty(CalibrationRunner.PROPERTY)
	static CalibrationRunner modelCacheCalibrationRunner(Decorating modelCacheDecorating,
			ConfigurableApplicationContext context) {
		return new CalibrationRunner(modelCacheDecorating.semantic(), modelCacheDecorating.plan().properties(),
				context);
	}

	@Bean
	@ConditionalOnMissingBean
	static ModelCacheManager modelCacheManager(Decorating modelCacheDecorating) {
		return new ModelCacheManager(modelCacheDecorating.stores()::all,
				modelCacheDecorating.plan().properties().keyHash(), modelCacheDecorating.semantic());
	}

}
