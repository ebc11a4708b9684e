package io.modelcache.autoconfigure;

import java.util.List;

import io.modelcache.store.CacheStore;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps answers in the application's own store.
 */
@Configuration(proxyBeanMethods = false)
class CustomStoreConfiguration {

	@Bean
	StoreFactory modelCacheCustomStoreFactory(ConfigurableListableBeanFactory beanFactory) {
		return new CustomStoreFactory(beanFactory);
	}

	/**
	 * Finds the store among the beans.
	 *
	 * @param beanFactory where the beans are
	 */
	private record CustomStoreFactory(ConfigurableListableBeanFactory beanFactory) implements StoreFactory {

		@Override
		public CacheProvider provider() {
			return CacheProvider.CUSTOM;
		}

		@Override
		public void check(String property) {
			List<String> names = List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory,
					CacheStore.class, true, false));
			if (names.isEmpty()) {
				throw ProviderUnavailableException.missing(provider(), property);
			}
			if (new BeanChoice(this.beanFactory).only(names) == null) {
				throw ProviderUnavailableException.ambiguous(provider(), property, names);
			}
		}

		@Override
		public CacheStore create() {
			return this.beanFactory.getBean(CacheStore.class);
		}

	}

}
