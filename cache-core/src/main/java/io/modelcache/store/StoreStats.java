package io.modelcache.store;

/**
 * What a store knows about itself.
 *
 * @param entries the number of entries, possibly an estimate, or {@link #UNKNOWN}
 * @param bytes the room they take, possibly an estimate, or {@link #UNKNOWN}
 * @param evictions how many entries were dropped since the start to stay within bounds,
 * or {@link #UNKNOWN}
 */
public record StoreStats(long entries, long bytes, long evictions) {

	/**
	 * Stands for a figure that the store cannot give.
	 */
	public static final long UNKNOWN = -1;

}
