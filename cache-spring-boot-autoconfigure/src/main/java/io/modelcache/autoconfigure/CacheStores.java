package io.modelcache.autoconfigure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.modelcache.store.CacheStore;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The stores of the application, one for each provider that a model uses, made when the
 * first model needs it.
 */
final class CacheStores {

	private final Map<CacheProvider, CacheStore> stores = new EnumMap<>(CacheProvider.class);

	private final ListableBeanFactory beanFactory;

	CacheStores(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the store of a provider.
	 * @param provider the provider
	 * @param property the property that asks for it
	 * @throws ProviderUnavailableException if the provider cannot be used
	 */
	synchronized CacheStore get(CacheProvider provider, String property) {
		CacheStore store = this.stores.get(provider);
		if (store == null) {
			store = checked(provider, property).create();
			this.stores.put(provider, store);
		}
		return store;
	}

	/**
	 * Return the stores that are in use, in the order of their providers.
	 */
	synchronized List<CacheStore> all() {
		return List.copyOf(this.stores.values());
	}

	/**
	 * Check that a provider can be used, without making its store.
	 * @throws ProviderUnavailableException if it cannot
	 */
	void check(CacheProvider provider, String property) {
		checked(provider, property);
	}

	private StoreFactory checked(CacheProvider provider, String property) {
		StoreFactory factory = this.beanFactory.getBeanProvider(StoreFactory.class, false)
			.stream()
			.filter((candidate) -> candidate.provider() == provider)
			.findAny()
			.orElseThrow(() -> ProviderUnavailableException.missing(provider, property));
		factory.check(property);
		return factory;
	}

}
