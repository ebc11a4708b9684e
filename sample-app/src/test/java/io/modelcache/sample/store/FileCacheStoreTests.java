package io.modelcache.sample.store;

import java.nio.file.Path;

import io.modelcache.store.CacheStoreContract;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows that {@link FileCacheStore} is a store: the contract is all that a store of your
 * own has to pass.
 */
class FileCacheStoreTests extends CacheStoreContract {

	private final TestClock clock = new TestClock();

	@TempDir
	private Path folder;

	@Override
	protected FileCacheStore createStore() {
		return new FileCacheStore(this.folder, this.clock);
	}

	@Override
	public TestClock clock() {
		return this.clock;
	}

}
