package io.modelcache.store;

/**
 * Why a store no longer has an entry.
 */
public enum RemovalCause {

	/**
	 * Somebody asked for it.
	 */
	EVICTED,

	/**
	 * Its time was over.
	 */
	EXPIRED,

	/**
	 * Another entry was put in its place.
	 */
	REPLACED,

	/**
	 * The store had to stay within its bounds.
	 */
	SIZE

}
