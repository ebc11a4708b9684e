package io.modelcache.planted.store;

import tools.jackson.databind.json.JsonMapper;

/**
 * A store that knows JSON.
 */
class StoreOfJson {

	Class<?> known() {
		return JsonMapper.class;
	}

}
