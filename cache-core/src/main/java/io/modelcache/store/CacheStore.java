package io.modelcache.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@linkplain StoredEntry entries} for a while.
 * <p>
 * A store knows bytes only: no model, no JSON, no Spring AI. Its contract, which
 * {@code CacheStoreContract} in the test-jar of this module checks:
 * <ol>
 * <li>An entry that was put is returned, equal in every component, until its
 * {@link StoredEntry#keepUntil() keepUntil} has come; from then on never. Between
 * {@link StoredEntry#freshUntil() freshUntil} and {@code keepUntil} it is stale and still
 * returned: whoever asked decides whether a stale entry will do.</li>
 * <li>Time is the store's own. One that has a clock of its own, such as a database, keeps
 * the distances between the three times of an entry and gives them back in terms of the
 * clock of the JVM that reads, as exactly as it can tell the difference of the
 * clocks.</li>
 * <li>Putting replaces the entry with the same fingerprint as a whole. A reader sees the
 * old entry or the new one, never a mixture.</li>
 * <li>A store may drop any entry at any time to stay within its bounds. An entry that is
 * larger than the store is not kept, and that is not an error.</li>
 * <li>A failure is thrown, as any unchecked exception, and leaves the store usable. The
 * caller catches it and goes on without a cache; a store neither retries nor logs.</li>
 * <li>No method takes part in a transaction of the caller, and none clears the interrupt
 * flag of the calling thread. Whether an interrupted thread is served or gets an
 * exception is left to the store.</li>
 * <li>Labels are compared character by character: neither case nor accents nor spaces at
 * the end are ignored, and no character is a wildcard.</li>
 * </ol>
 * Implementations are safe for use by several threads.
 */
public interface CacheStore {

	/**
	 * Return the entries that are there, in one round trip where the store has one.
	 * @param fingerprints the fingerprints asked for, in any number, without
	 * {@code null}s; one that is named twice counts once
	 * @return the entries by fingerprint, without {@code null}s for those that are not
	 * there; the caller does not change it
	 * @throws PartialReadException if the store fails after it has found some of them,
	 * and can say which; its cause is the failure
	 */
	Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints);

	/**
	 * Return one entry.
	 * @param fingerprint the fingerprint asked for
	 * @return the entry, or {@code null} if it is not there
	 */
	default @Nullable StoredEntry get(Fingerprint fingerprint) {
		return getAll(List.of(fingerprint)).get(fingerprint);
	}

	/**
	 * Keep entries, each one atomically, not all of them together. If a fingerprint comes
	 * twice, the last entry is kept.
	 * @param entries the entries
	 */
	void putAll(Collection<StoredEntry> entries);

	/**
	 * Remove the entries of these fingerprints.
	 * @param fingerprints the fingerprints; those that are not there do not matter
	 */
	void evictAll(Collection<Fingerprint> fingerprints);

	/**
	 * Remove all entries that a selector matches. Entries that are put meanwhile may
	 * stay.
	 * @param selector which entries
	 * @return how many entries were removed, exactly if nothing else changes the store
	 * meanwhile
	 */
	long evict(Selector selector);

	/**
	 * Walk over the entries that a selector matches, page by page and in no particular
	 * order. An entry that is there from the first page to the last is returned at least
	 * once; one that comes or goes meanwhile may be missing, and one may come twice.
	 * @param selector which entries
	 * @param cursor where to go on: the {@link ScanPage#next() next} of the page before,
	 * or {@code null} for the first page
	 * @param limit the number of entries wanted, at least 1; a page may hold fewer, even
	 * none, and is not the last one for that
	 * @return a page
	 * @throws IllegalArgumentException if the cursor is not one of this store's or the
	 * limit is less than 1
	 */
	ScanPage scan(Selector selector, @Nullable String cursor, int limit);

	/**
	 * Return what the store knows about itself at no great cost.
	 * @return the figures
	 */
	StoreStats stats();

	/**
	 * Tell whether a call can wait for anything outside this JVM's memory, so that it
	 * must not be made on an event loop's thread.
	 * @return {@code false} only if no method ever blocks
	 */
	boolean blocking();

	/**
	 * Find what this store can do beyond this interface, such as {@link LeaseStore}. A
	 * store that implements such an interface has nothing to do; one that stands in front
	 * of another hands the question on.
	 * @param <T> the type of the capability
	 * @param type the interface
	 * @return the store, or something in front of it, as that interface, or {@code null}
	 * if it cannot do that
	 */
	default <T> @Nullable T capability(Class<T> type) {
		return type.isInstance(this) ? type.cast(this) : null;
	}

}
