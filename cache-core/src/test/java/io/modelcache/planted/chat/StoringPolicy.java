package io.modelcache.planted.chat;

import io.modelcache.planted.store.StoreOfModels;

/**
 * A policy that knows a store.
 */
class StoringPolicy {

	Class<?> known() {
		return StoreOfModels.class;
	}

}
