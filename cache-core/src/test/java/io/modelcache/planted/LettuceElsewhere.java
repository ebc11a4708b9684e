package io.modelcache.planted;

import io.lettuce.core.RedisClient;

/**
 * Knows a Redis client outside its store.
 */
class LettuceElsewhere {

	Class<?> known() {
		return RedisClient.class;
	}

}
