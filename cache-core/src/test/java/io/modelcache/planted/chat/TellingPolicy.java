package io.modelcache.planted.chat;

import io.modelcache.planted.CacheListener;

/**
 * A policy that knows a listener.
 */
class TellingPolicy {

	Class<?> known() {
		return CacheListener.class;
	}

}
