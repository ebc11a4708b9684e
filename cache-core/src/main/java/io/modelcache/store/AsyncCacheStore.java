package io.modelcache.store;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;

/**
 * A store whose client can wait for the server without a thread, so that whoever calls
 * can set a deadline without handing the call to another thread. The guard asks a store
 * that is one in no other way.
 * <p>
 * No method here ever waits, not even for a connection, and none throws because of the
 * server: the future fails instead. It may be completed by a thread of the client, which
 * must not be held up. Cancelling the future takes back what has not been sent yet and
 * lets go of the rest: what was sent may still happen.
 */
public interface AsyncCacheStore extends CacheStore {

	/**
	 * Do what {@link #getAll} does, without waiting.
	 * @param fingerprints the fingerprints asked for
	 * @return the entries that are there, by fingerprint
	 */
	CompletableFuture<Map<Fingerprint, StoredEntry>> getAllAsync(Collection<Fingerprint> fingerprints);

	/**
	 * Do what {@link #putAll} does, without waiting.
	 * @param entries the entries
	 * @return done when all entries are kept
	 */
	CompletableFuture<Void> putAllAsync(Collection<StoredEntry> entries);

	/**
	 * Do what {@link #evictAll} does, without waiting.
	 * @param fingerprints the fingerprints
	 * @return done when none of the entries is there any more
	 */
	CompletableFuture<Void> evictAllAsync(Collection<Fingerprint> fingerprints);

}
