package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;

/**
 * Makes the store of one provider; a bean of this type exists for each provider whose
 * library is there.
 *
 * @param provider the provider
 * @param source makes the store, called once and only if a model uses the provider
 */
record StoreFactory(CacheProvider provider, Source source) {

	/**
	 * Makes a store.
	 */
	@FunctionalInterface
	interface Source {

		/**
		 * Make the store.
		 * @param property the property that asks for it
		 * @throws ProviderUnavailableException if it cannot be made
		 */
		CacheStore create(String property);

	}

}
