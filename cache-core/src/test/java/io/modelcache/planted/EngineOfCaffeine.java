package io.modelcache.planted;

import io.modelcache.planted.store.caffeine.StoreOfAnotherStore;

/**
 * A part of the engine that knows a backend.
 */
class EngineOfCaffeine {

	Class<?> known() {
		return StoreOfAnotherStore.class;
	}

}
