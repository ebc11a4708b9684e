package io.modelcache.store;

/**
 * What a store can also do: count entries without bringing them along. Found by
 * {@link CacheStore#capability}.
 */
public interface CountingStore {

	/**
	 * Count the entries that a selector matches.
	 * @param selector which entries
	 * @return their number, the room they take and, if all entries of one cache or of all
	 * caches are asked for, how many were dropped since the start to stay within bounds;
	 * {@link StoreStats#UNKNOWN} for what the store cannot give
	 */
	StoreStats count(Selector selector);

}
