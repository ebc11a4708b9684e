package io.modelcache.testing;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;

/**
 * A store with leases that end only when they are given back.
 */
public final class LeasingStore extends ForwardingStore implements LeaseStore {

	private final ConcurrentMap<Fingerprint, String> holders = new ConcurrentHashMap<>();

	private volatile boolean taken;

	/**
	 * Create a store.
	 * @param store keeps the entries
	 */
	public LeasingStore(CacheStore store) {
		super(store);
	}

	/**
	 * Let another instance have all leases from now on, or no longer.
	 * @param taken whether it has them
	 */
	public void takeAll(boolean taken) {
		this.taken = taken;
	}

	/**
	 * Return how many leases are held.
	 * @return the number at the moment
	 */
	public int held() {
		return this.holders.size();
	}

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		String other = this.taken ? "another" : this.holders.putIfAbsent(fingerprint, holder);
		return other == null || other.equals(holder);
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		return this.holders.remove(fingerprint, holder);
	}

}
