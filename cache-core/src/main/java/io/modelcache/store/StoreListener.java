package io.modelcache.store;

import java.util.Collection;

/**
 * Hears of failures of a store that no caller waits for.
 */
@FunctionalInterface
public interface StoreListener {

	/**
	 * Entries that were taken to be written later are lost.
	 * @param entries the entries
	 * @param failure why
	 */
	void onLost(Collection<StoredEntry> entries, Throwable failure);

}
