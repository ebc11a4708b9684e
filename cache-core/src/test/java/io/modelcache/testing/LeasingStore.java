package io.modelcache.testing;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;
import org.jspecify.annotations.Nullable;

/**
 * A store with leases that end only when they are given back.
 */
public final class LeasingStore extends ForwardingStore implements LeaseStore {

	private final ConcurrentMap<Fingerprint, String> holders = new ConcurrentHashMap<>();

	private volatile boolean taken;

	private volatile @Nullable Throwable lost;

	private final AtomicInteger deaf = new AtomicInteger();

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
	 * Give leases and fail all the same, as if the reply had been lost.
	 * @param failure the failure, or {@code null} for no longer
	 */
	public void loseReplies(@Nullable Throwable failure) {
		this.lost = failure;
	}

	/**
	 * Fail when leases are given back.
	 * @param times how often
	 */
	public void failReleases(int times) {
		this.deaf.set(times);
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
		Throwable failure = this.lost;
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
		return other == null || other.equals(holder);
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		if (this.deaf.getAndDecrement() > 0) {
			throw new IllegalStateException("The lease cannot be given back");
		}
		return this.holders.remove(fingerprint, holder);
	}

}
