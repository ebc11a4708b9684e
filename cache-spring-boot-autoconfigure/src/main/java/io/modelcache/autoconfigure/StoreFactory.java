package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;

/**
 * Makes the store of one provider; a bean of this type exists for each provider whose
 * library is there.
 */
interface StoreFactory {

	/**
	 * Return the provider whose store this makes.
	 */
	CacheProvider provider();

	/**
	 * Check that the store can be made, without making it.
	 * @param property the property that asks for it
	 * @throws ProviderUnavailableException if it cannot be made
	 */
	void check(String property);

	/**
	 * Make the store, once and only if a model uses it.
	 */
	CacheStore create();

}
