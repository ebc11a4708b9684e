package io.modelcache.planted;

import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Knows Caffeine outside its store.
 */
class CaffeineElsewhere {

	Class<?> known() {
		return Caffeine.class;
	}

}
