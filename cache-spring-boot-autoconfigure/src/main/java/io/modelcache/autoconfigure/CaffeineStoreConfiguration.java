package io.modelcache.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelcache.store.CacheStore;
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
	static StoreFactory modelCacheCaffeineStoreFactory(Decorating modelCacheDecorating) {
		return new CaffeineStoreFactory(modelCacheDecorating.plan().properties().caffeine().maximumWeight().toBytes());
	}

	@Bean
	static NearStoreFactory modelCacheNearStoreFactory(Decorating modelCacheDecorating) {
		long maximumWeight = modelCacheDecorating.plan().properties().caffeine().maximumWeight().toBytes();
		return (retention) -> CaffeineCacheStore.builder().maximumWeight(maximumWeight).retention(retention).build();
	}

	/**
	 * Makes the store on the heap.
	 *
	 * @param maximumWeight the room for all entries together, in bytes
	 */
	private record CaffeineStoreFactory(long maximumWeight) implements StoreFactory {

		@Override
		public CacheProvider provider() {
			return CacheProvider.CAFFEINE;
		}

		@Override
		public void check(String property) {
		}

		@Override
		public CacheStore create() {
			return CaffeineCacheStore.ofMaximumWeight(this.maximumWeight);
		}

	}

}
