package io.modelcache.autoconfigure;

import java.util.List;

import io.modelcache.store.StoreHealth;

/**
 * Tells how the stores of the application are; the bean by which the actuator asks.
 */
public final class CacheHealth {

	private final CacheStores stores;

	CacheHealth(CacheStores stores) {
		this.stores = stores;
	}

	/**
	 * Return how the stores are that can be slow.
	 * @return one entry for each
	 */
	public List<StoreHealth> stores() {
		return this.stores.health();
	}

}
