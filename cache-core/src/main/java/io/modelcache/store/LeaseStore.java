package io.modelcache.store;

import java.time.Duration;

import io.modelcache.key.Fingerprint;

/**
 * What a store can also do: lease fingerprints, so that several instances agree on who
 * calls the model. Found by {@link CacheStore#capability}.
 * <p>
 * At most one holder has a lease at a time. A lease ends when it is released or when its
 * time, by the store's own clock, is over: a holder that is slower than its lease is no
 * longer alone. Leases are independent of entries.
 */
public interface LeaseStore {

	/**
	 * Take the lease, or extend the one that this holder has already.
	 * @param fingerprint what is leased
	 * @param holder who asks, unique over all instances
	 * @param duration for how long from now, at least one millisecond
	 * @return whether the holder has the lease now
	 * @throws IllegalArgumentException if the duration is shorter than a millisecond
	 */
	boolean acquire(Fingerprint fingerprint, String holder, Duration duration);

	/**
	 * Give the lease back, if this holder still has it.
	 * @param fingerprint what is leased
	 * @param holder who had the lease
	 * @return whether the holder had it until now
	 */
	boolean release(Fingerprint fingerprint, String holder);

}
