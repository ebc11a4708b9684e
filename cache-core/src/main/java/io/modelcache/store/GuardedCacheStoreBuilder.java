package io.modelcache.store;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Collects what a {@link GuardedCacheStore} is made of.
 */
public final class GuardedCacheStoreBuilder {

	final CacheStore store;

	String name = "store";

	GuardLimits limits = GuardLimits.DEFAULT;

	CallMode mode = CallMode.HANDED_OVER;

	Predicate<Throwable> disconnected = GuardedCacheStoreBuilder::isDisconnected;

	Duration abortAfter = Duration.ofSeconds(30);

	InstantSource clock = InstantSource.system();

	StoreListener listener = (entries, failure) -> {
	};

	GuardedCacheStoreBuilder(CacheStore store) {
		this.store = store;
	}

	/**
	 * Set the name of the store.
	 * @param name the name, for the log, the threads and {@link StoreHealth}
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Set how long and how often the store keeps callers waiting.
	 * @param limits the limits
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder limits(GuardLimits limits) {
		this.limits = limits;
		return this;
	}

	/**
	 * Call the store on the thread of the caller and without a deadline, because it is in
	 * this process and cannot hang.
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder inProcess() {
		this.mode = CallMode.IN_PLACE;
		return this;
	}

	/**
	 * Tell by which failures the connection is known to be lost, in addition to an
	 * {@link IOException} among the causes.
	 * @param disconnected whether one is such a failure
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder disconnectedIf(Predicate<Throwable> disconnected) {
		this.disconnected = this.disconnected.or(disconnected);
		return this;
	}

	/**
	 * Set how long after its deadline a call that still runs is aborted.
	 */
	GuardedCacheStoreBuilder abortAfter(Duration abortAfter) {
		this.abortAfter = abortAfter;
		return this;
	}

	/**
	 * Set what tells the time.
	 * @param clock the clock
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder clock(InstantSource clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set who hears of entries that could not be written.
	 * @param listener the listener
	 * @return this builder
	 */
	public GuardedCacheStoreBuilder listener(StoreListener listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Put the guard in front of the store.
	 * @return the guarded store
	 */
	public GuardedCacheStore build() {
		return new GuardedCacheStore(this);
	}

	private static boolean isDisconnected(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return true;
			}
		}
		return false;
	}

}
