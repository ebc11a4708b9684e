package io.modelcache.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps answers on the heap.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Caffeine.class)
class CaffeineStoreConfiguration {

	@Bean
	StoreFactory modelCacheCaffeineStoreFactory(DecorationPlan plan) {
		long maximumWeight = plan.properties().getCaffeine().getMaximumWeight().toBytes();
		return new StoreFactory(CacheProvider.CAFFEINE,
				(property) -> CaffeineCacheStore.ofMaximumWeight(maximumWeight));
	}

}
