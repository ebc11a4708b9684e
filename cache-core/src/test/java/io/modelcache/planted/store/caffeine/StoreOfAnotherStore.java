package io.modelcache.planted.store.caffeine;

import io.modelcache.planted.store.jdbc.JdbcStore;

/**
 * A store that knows another one.
 */
public class StoreOfAnotherStore {

	Class<?> known() {
		return JdbcStore.class;
	}

}
