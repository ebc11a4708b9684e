package io.modelcache.planted.store;

import io.modelcache.planted.Engine;

/**
 * A store that knows the engine.
 */
class StoreOfEngines {

	Class<?> known() {
		return Engine.class;
	}

}
