package io.modelcache.store;

import io.modelcache.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link CacheStore} as tests, which every store passes, whoever wrote
 * it.
 * <p>
 * To test a store of your own, put the test-jar of cache-core and
 * {@code spring-boot-starter-test} on your test class path and extend this class:
 *
 * <pre>{@code
 * class MyStoreTests extends CacheStoreContract {
 *
 *     &#64;Override
 *     protected CacheStore createStore() {
 *         return new MyStore(...); // new and empty, large enough for some megabytes
 *     }
 *
 * }
 * }</pre>
 *
 * There are two hooks. {@link #createStore()} is called once for each test; a store that
 * is {@link AutoCloseable} is closed after it. {@link #clock()} is overridden if the
 * store goes by a clock that a test can move, as one in this JVM should: the tests then
 * move it and expect times to the millisecond. Otherwise the store has a clock of its
 * own, as a server has: the tests then wait for short times to pass, and allow for a
 * small difference of the clocks.
 * <p>
 * A store that has the {@linkplain CacheStore#capability capability} of a
 * {@link LeaseStore} or a {@link RemovalSource} also declares that its test implements
 * {@link LeaseStoreContract} or {@link RemovalSourceContract}.
 * <p>
 * Not tested, since they need the store's own means: how it fails and recovers when its
 * server does, that it does not join the caller's transaction, and its bounds.
 */
public abstract class CacheStoreContract
		implements EntryContract, EvictionContract, ScanContract, ExpiryContract, ConcurrencyContract {

	private @Nullable CacheStore store;

	/**
	 * Create the store under test.
	 * @return a new store without entries
	 * @throws Exception if that is not possible
	 */
	protected abstract CacheStore createStore() throws Exception;

	@Override
	public @Nullable TestClock clock() {
		return null;
	}

	@Override
	public final CacheStore store() {
		assertThat(this.store).as("the store").isNotNull();
		return this.store;
	}

	@BeforeEach
	final void open() throws Exception {
		this.store = createStore();
	}

	@AfterEach
	final void close() throws Exception {
		if (this.store instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	@Test
	void whatTheStoreCanDoBesidesIsTestedToo() {
		assertThat(this instanceof LeaseStoreContract).as("this test implements LeaseStoreContract")
			.isEqualTo(store().capability(LeaseStore.class) != null);
		assertThat(this instanceof RemovalSourceContract).as("this test implements RemovalSourceContract")
			.isEqualTo(store().capability(RemovalSource.class) != null);
	}

}
