package io.modelcache.store;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.FlakyStore;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link TieredCacheStore}: the contract of all stores, and what is near when.
 */
class TieredCacheStoreTests extends CacheStoreContract implements RemovalSourceContract {

	private static final Duration NEAR_TTL = Duration.ofMinutes(1);

	private final TestClock clock = new TestClock();

	private final CaffeineCacheStore far = caffeine().build();

	private final CaffeineCacheStore near = caffeine().retention(NEAR_TTL).build();

	private final FlakyStore flaky = new FlakyStore(this.far);

	@Override
	protected TieredCacheStore createStore() {
		return new TieredCacheStore(this.near, this.flaky);
	}

	private CaffeineCacheStore.Builder caffeine() {
		return CaffeineCacheStore.builder()
			.clock(this.clock)
			.ticker(() -> this.clock.millis() * 1_000_000)
			.executor(Runnable::run);
	}

	@Override
	public TestClock clock() {
		return this.clock;
	}

	@Test
	void whatWasFetchedOnceIsNear() {
		StoredEntry entry = entry("a").build();
		this.far.putAll(List.of(entry));
		assertThat(store().get(entry.fingerprint())).isEqualTo(entry);
		int calls = this.flaky.calls();
		assertThat(store().get(entry.fingerprint())).isEqualTo(entry);
		assertThat(store().getAll(List.of(entry.fingerprint()))).containsValue(entry);
		assertThat(this.flaky.calls()).isEqualTo(calls);
	}

	@Test
	void onlyWhatIsNotNearIsFetched() {
		StoredEntry near = entry("near").build();
		StoredEntry far = entry("far").build();
		put(near);
		this.far.evictAll(List.of(near.fingerprint()));
		this.far.putAll(List.of(far));
		this.near.putAll(List.of(near));
		assertThat(store().getAll(List.of(far.fingerprint(), near.fingerprint(), TestEntry.fingerprint("nowhere"))))
			.containsOnlyKeys(near.fingerprint(), far.fingerprint());
	}

	@Test
	void aNearCopyIsKeptForTheNearTtlAtMost() {
		StoredEntry entry = entry("a").build();
		put(entry);
		this.clock.advance(NEAR_TTL.minusMillis(1));
		assertThat(this.near.get(entry.fingerprint())).isEqualTo(entry);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.near.get(entry.fingerprint())).isNull();
		assertThat(store().get(entry.fingerprint())).isEqualTo(entry);
	}

	@Test
	void aNearCopyIsNotKeptForLongerThanItsEntry() {
		StoredEntry entry = entry("a").times(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30)).build();
		put(entry);
		this.clock.advance(Duration.ofSeconds(30).minusMillis(1));
		assertThat(this.near.get(entry.fingerprint())).isEqualTo(entry);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.near.get(entry.fingerprint())).isNull();
	}

	@Test
	void whatAnotherInstanceEvictsIsForgottenNear() {
		StoredEntry entry = entry("a").build();
		StoredEntry other = entry("b").build();
		put(entry, other);
		this.far.evictAll(List.of(entry.fingerprint()));
		assertThat(this.near.get(entry.fingerprint())).isNull();
		assertThat(this.near.get(other.fingerprint())).isEqualTo(other);
	}

	@Test
	void newsEndsWhenTheStoreIsClosed() {
		StoredEntry entry = entry("a").build();
		put(entry);
		((TieredCacheStore) store()).close();
		this.far.evictAll(List.of(entry.fingerprint()));
		assertThat(this.near.get(entry.fingerprint())).isEqualTo(entry);
	}

	@Test
	void whatIsEvictedWhileItIsFetchedIsNotKeptNear() {
		StoredEntry entry = entry("a").build();
		this.far.putAll(List.of(entry));
		HookedStore slow = new HookedStore(this.near, false);
		TieredCacheStore tiered = new TieredCacheStore(slow, this.flaky);
		slow.beforeWrite(() -> this.far.evictAll(List.of(entry.fingerprint())));
		assertThat(tiered.get(entry.fingerprint())).isEqualTo(entry);
		assertThat(this.near.get(entry.fingerprint())).isNull();
	}

	@Test
	void nearAnswersWhileTheFarStoreIsDown() {
		StoredEntry entry = entry("a").build();
		put(entry);
		UncheckedIOException down = new UncheckedIOException(new ConnectException("refused"));
		this.flaky.fail(down);
		assertThat(store().get(entry.fingerprint())).isEqualTo(entry);
		StoredEntry second = entry("b").build();
		assertThat(catchThrowable(() -> put(second))).isSameAs(down);
		assertThat(store().get(second.fingerprint())).isEqualTo(second);
		assertThat(catchThrowable(() -> store().evictAll(List.of(second.fingerprint())))).isSameAs(down);
		assertThat(this.near.get(second.fingerprint())).isNull();
	}

	@Test
	void ofABatchWhatIsNearIsHandedOnWhenTheFarStoreIsDown() {
		StoredEntry near = entry("near").build();
		put(near);
		UncheckedIOException down = new UncheckedIOException(new ConnectException("refused"));
		this.flaky.fail(down);
		Fingerprint far = TestEntry.fingerprint("far");
		assertThatExceptionOfType(PartialReadException.class)
			.isThrownBy(() -> store().getAll(List.of(far, near.fingerprint())))
			.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(down))
			.satisfies((ex) -> assertThat(ex.found()).containsExactly(Map.entry(near.fingerprint(), near)));
		assertThat(catchThrowable(() -> store().getAll(List.of(far)))).isSameAs(down);
	}

	@Test
	void ofABatchWhatIsNearAndWhatWasFetchedIsHandedOnWhenTheFarStoreFailsHalfway() {
		StoredEntry near = entry("near").build();
		StoredEntry far = entry("far").build();
		this.near.putAll(List.of(near));
		IllegalStateException failure = new IllegalStateException("halfway");
		this.flaky.fail(new PartialReadException(Map.of(far.fingerprint(), far), failure));
		List<Fingerprint> both = List.of(near.fingerprint(), far.fingerprint());
		List<Fingerprint> all = List.of(near.fingerprint(), far.fingerprint(), TestEntry.fingerprint("nowhere"));
		assertThatExceptionOfType(PartialReadException.class).isThrownBy(() -> store().getAll(all))
			.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(failure))
			.satisfies((ex) -> assertThat(ex.found()).containsOnlyKeys(both));
		assertThat(store().getAll(both)).as("kept near").containsOnlyKeys(both);
	}

}
