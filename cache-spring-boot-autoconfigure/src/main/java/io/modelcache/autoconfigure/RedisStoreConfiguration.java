package io.modelcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Keeps answers in Redis.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisConnectionFactory.class)
class RedisStoreConfiguration {

	@Bean
	static StoreFactory modelCacheRedisStoreFactory(Decorating modelCacheDecorating) {
		return new RedisStoreFactory(modelCacheDecorating.beanFactory(),
				modelCacheDecorating.plan().properties().redis());
	}

	@Bean
	static SemanticIndexFactory modelCacheRedisSemanticIndexFactory(Decorating modelCacheDecorating) {
		ModelCacheProperties properties = modelCacheDecorating.plan().properties();
		return new RedisSemanticIndexFactory(
				new RedisStoreFactory(modelCacheDecorating.beanFactory(), properties.redis()), properties);
	}

}
