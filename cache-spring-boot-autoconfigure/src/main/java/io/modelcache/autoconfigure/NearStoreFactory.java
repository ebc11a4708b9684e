package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.store.CacheStore;

/**
 * Makes stores that are near in front of far ones; a bean of this type exists if the
 * library is there.
 */
@FunctionalInterface
interface NearStoreFactory {

	/**
	 * Make a near store.
	 * @param retention how long it keeps anything at most
	 */
	CacheStore create(Duration retention);

}
