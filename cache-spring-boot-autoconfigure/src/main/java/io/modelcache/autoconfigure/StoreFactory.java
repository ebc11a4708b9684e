package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardLimits;
import io.modelcache.store.GuardedCacheStoreBuilder;

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

	/**
	 * Tell the guard what it must know of the store.
	 * @param guard the guard, which is put in front of the store if it can block
	 */
	default void prepare(GuardedCacheStoreBuilder guard) {
	}

	/**
	 * Return how many calls of one direction the store can take at once, if no property
	 * says it.
	 */
	default int maxConcurrent() {
		return GuardLimits.DEFAULT.maxConcurrent();
	}

}
