package io.modelcache.store.caffeine;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Expiry;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * Lets an entry expire at its {@link StoredEntry#keepUntil() keepUntil} or after the time
 * that this store keeps anything, and never later for being read.
 */
final class KeepUntilExpiry implements Expiry<Fingerprint, StoredEntry> {

	private final InstantSource clock;

	private final long retention;

	/**
	 * @param clock tells when an entry's time is over
	 * @param retention how long anything is kept, in nanoseconds
	 */
	KeepUntilExpiry(InstantSource clock, long retention) {
		this.clock = clock;
		this.retention = retention;
	}

	@Override
	public long expireAfterCreate(Fingerprint fingerprint, StoredEntry entry, long currentTime) {
		if (StoredEntry.NEVER.equals(entry.keepUntil())) {
			return this.retention;
		}
		long end = entry.keepUntil().toEpochMilli();
		long now = this.clock.millis();
		return (end > now) ? Math.min(this.retention, TimeUnit.MILLISECONDS.toNanos(end - now)) : 0;
	}

	@Override
	public long expireAfterUpdate(Fingerprint fingerprint, StoredEntry entry, long currentTime, long currentDuration) {
		return expireAfterCreate(fingerprint, entry, currentTime);
	}

	@Override
	public long expireAfterRead(Fingerprint fingerprint, StoredEntry entry, long currentTime, long currentDuration) {
		return currentDuration;
	}

}
