package io.modelcache.store;

import java.util.List;

/**
 * What a store can also do: find entries by the words of their questions. Found by
 * {@link CacheStore#capability}.
 * <p>
 * Only entries with a {@link StoredEntry#question() question} are found, and only until
 * they end.
 */
public interface SearchableStore {

	/**
	 * Find the entries whose questions contain all words of a text, without regard to
	 * case at least in ASCII. What counts as a word is up to the store.
	 * @param text the words, none of which is taken as a wildcard; without a word nothing
	 * is found
	 * @param limit the number of entries wanted, at least 1
	 * @return the entries, the youngest first
	 * @throws IllegalArgumentException if the limit is less than 1
	 */
	List<StoredEntry> search(String text, int limit);

}
