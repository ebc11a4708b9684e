package io.modelcache.store.caffeine;

import java.util.concurrent.TimeUnit;

import io.modelcache.store.CacheStoreContract;
import io.modelcache.store.RemovalSourceContract;
import io.modelcache.testing.TestClock;

/**
 * Tests for {@link CaffeineCacheStore} by the contract of all stores.
 */
class CaffeineCacheStoreTests extends CacheStoreContract implements RemovalSourceContract {

	private final TestClock clock = new TestClock();

	@Override
	protected CaffeineCacheStore createStore() {
		return CaffeineCacheStore.builder()
			.clock(this.clock)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(this.clock.millis()))
			.executor(Runnable::run)
			.build();
	}

	@Override
	public TestClock clock() {
		return this.clock;
	}

}
