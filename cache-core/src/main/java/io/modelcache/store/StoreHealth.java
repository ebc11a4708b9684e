package io.modelcache.store;

/**
 * Whether a guarded store is asked at the moment.
 *
 * @param store the name of the store
 * @param reads whether it is asked for entries
 * @param writes whether it is given entries
 * @param waiting how many entries wait to be written
 */
public record StoreHealth(String store, boolean reads, boolean writes, int waiting) {

	/**
	 * Tell whether something is left out.
	 * @return whether reads or writes are
	 */
	public boolean degraded() {
		return !this.reads || !this.writes;
	}

}
