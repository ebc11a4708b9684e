package io.modelcache.store;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.TestClock;

/**
 * Shows that a guarded store is still a store.
 */
class GuardedCacheStoreContractTests extends CacheStoreContract {

	private final TestClock clock = new TestClock();

	@Override
	protected CacheStore createStore() {
		CaffeineCacheStore server = CaffeineCacheStore.builder().clock(this.clock).ticker(this::nanos).build();
		return GuardedCacheStore.builder(new HookedStore(server, true)).clock(this.clock).build();
	}

	private long nanos() {
		return this.clock.millis() * 1_000_000;
	}

	@Override
	public TestClock clock() {
		return this.clock;
	}

}
