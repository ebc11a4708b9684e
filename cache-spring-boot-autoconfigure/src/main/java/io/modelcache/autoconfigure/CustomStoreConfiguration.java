package io.modelcache.autoconfigure;

import java.util.List;
import java.util.Objects;

import io.modelcache.store.CacheStore;
import org.jspecify.annotations.Nullable;
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
	static StoreFactory modelCacheCustomStoreFactory(Decorating modelCacheDecorating) {
		return new CustomStoreFactory(modelCacheDecorating.beanFactory());
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
			List<String> names = names();
			if (names.isEmpty()) {
				throw ProviderUnavailableException.missing(provider(), property);
			}
			if (only() == null) {
				throw ProviderUnavailableException.ambiguous(provider(), property, names);
			}
		}

		@Override
		public CacheStore create() {
			return this.beanFactory.getBean(Objects.requireNonNull(only(), "Checked before"), CacheStore.class);
		}

		private @Nullable String only() {
			return new BeanChoice(this.beanFactory).only(names());
		}

		private List<String> names() {
			return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, CacheStore.class, true,
					false));
		}

	}

}
