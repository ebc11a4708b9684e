package io.modelcache.planted.key;

import io.modelcache.planted.store.StoreOfModels;

/**
 * A key that knows a store.
 */
class KeyOfStores {

	Class<?> known() {
		return StoreOfModels.class;
	}

}
