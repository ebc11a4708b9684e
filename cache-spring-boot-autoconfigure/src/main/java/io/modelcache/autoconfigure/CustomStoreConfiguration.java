package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps answers in the application's own store.
 */
@Configuration(proxyBeanMethods = false)
class CustomStoreConfiguration {

	@Bean
	StoreFactory modelCacheCustomStoreFactory(ObjectProvider<CacheStore> store) {
		return new StoreFactory(CacheProvider.CUSTOM, (property) -> unique(store, property));
	}

	private static CacheStore unique(ObjectProvider<CacheStore> store, String property) {
		CacheStore unique = store.getIfUnique();
		if (unique == null) {
			throw new ProviderUnavailableException(CacheProvider.CUSTOM, property);
		}
		return unique;
	}

}
