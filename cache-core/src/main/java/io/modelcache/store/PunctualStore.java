package io.modelcache.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What a store can also do at times: read on the thread of the caller and yet be back by
 * a deadline.
 * <p>
 * The guard asks a store that is one for this first and hands a read over to another
 * thread only if it cannot be done, for handing over costs two wake-ups.
 */
public interface PunctualStore {

	/**
	 * Read entries, as {@link CacheStore#getAll} does, if that can be done at the moment
	 * without keeping the caller for longer than a time.
	 * @param fingerprints the fingerprints asked for
	 * @param timeout how long the caller may wait, more than zero
	 * @return the entries by fingerprint, or {@code null} if it cannot be done at the
	 * moment, which has cost no time worth speaking of: then it is done the other way
	 * @throws TimeoutException if the answer did not come in time
	 */
	@Nullable Map<Fingerprint, StoredEntry> getAllWithin(Collection<Fingerprint> fingerprints, Duration timeout)
			throws TimeoutException;

}
