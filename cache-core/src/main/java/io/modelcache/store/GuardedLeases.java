package io.modelcache.store;

import java.time.Duration;

import io.modelcache.key.Fingerprint;

/**
 * Leases of a guarded store, with its deadline. Before one is given back, the entry for
 * which it was taken is written, or the next holder would not find it.
 *
 * @param leases the store's own leases
 * @param guard what stands in front of the store
 */
record GuardedLeases(LeaseStore leases, GuardedCacheStore guard) implements LeaseStore {

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		return this.guard.change(() -> this.leases.acquire(fingerprint, holder, duration));
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		this.guard.flush(fingerprint);
		return this.guard.change(() -> this.leases.release(fingerprint, holder));
	}

}
