package io.modelcache.store.caffeine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.modelcache.store.CacheStoreContract;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalRecorder;
import io.modelcache.store.RemovalSourceContract;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CaffeineCacheStore}: the contract of all stores, its bound and its
 * clocks.
 */
class CaffeineCacheStoreTests extends CacheStoreContract implements RemovalSourceContract {

	private static final Duration HOUR = Duration.ofHours(1);

	private final TestClock clock = new TestClock();

	/**
	 * How far the wall clock was set forward, of which a monotonic clock knows nothing.
	 */
	private Duration jumped = Duration.ZERO;

	@Override
	protected CaffeineCacheStore createStore() {
		return store(64 * 1024 * 1024);
	}

	@Override
	public TestClock clock() {
		return this.clock;
	}

	@Test
	void theBoundInBytesHolds() {
		CaffeineCacheStore store = store(100_000);
		for (int i = 0; i < 500; i++) {
			store.putAll(List.of(entry("e" + i).payload(new byte[1000]).build()));
			assertThat(store.stats().bytes()).isLessThanOrEqualTo(100_000);
		}
		StoreStats stats = store.stats();
		List<StoredEntry> kept = store.scan(Selector.all(), null, 1000).entries();
		assertThat(stats.entries()).isEqualTo(kept.size()).isBetween(70L, 80L);
		assertThat(stats.bytes()).isEqualTo(kept.stream().mapToLong(StoredEntry::weight).sum());
		assertThat(stats.evictions()).isEqualTo(500 - kept.size());
	}

	@Test
	void whatASelectorMatchesIsCounted() {
		CaffeineCacheStore store = store(100_000);
		StoredEntry ours = entry("ours").bean("ours").tags(Set.of("tag")).build();
		store.putAll(List.of(ours, entry("theirs").bean("theirs").build()));
		assertThat(store.count(Selector.all()).entries()).isEqualTo(2);
		assertThat(store.count(Selector.all().withBean("ours"))).isEqualTo(new StoreStats(1, ours.weight(), 0));
		assertThat(store.count(Selector.all().withTag("tag")))
			.isEqualTo(new StoreStats(1, ours.weight(), StoreStats.UNKNOWN));
		assertThat(store.count(Selector.all().withBean("nobody"))).isEqualTo(new StoreStats(0, 0, 0));
	}

	@Test
	void evictionsAreCountedForEachCache() {
		CaffeineCacheStore store = store(100_000);
		for (int i = 0; i < 500; i++) {
			store.putAll(List.of(entry("e" + i).bean((i % 2 == 0) ? "a" : "b").payload(new byte[1000]).build()));
		}
		long a = store.count(Selector.all().withBean("a")).evictions();
		long b = store.count(Selector.all().withBean("b")).evictions();
		assertThat(a).isPositive();
		assertThat(b).isPositive();
		assertThat(a + b).isEqualTo(store.stats().evictions()).isEqualTo(store.count(Selector.all()).evictions());
	}

	@Test
	void theWeightOfAReplacementCounts() {
		CaffeineCacheStore store = store(100_000);
		store.putAll(List.of(entry("a").payload(new byte[1000]).build()));
		StoredEntry larger = entry("a").payload(new byte[50_000]).build();
		store.putAll(List.of(larger));
		assertThat(store.stats().bytes()).isEqualTo(larger.weight());
		store.evictAll(List.of(larger.fingerprint()));
		assertThat(store.stats()).isEqualTo(new StoreStats(0, 0, 0));
	}

	@Test
	void anEntryLargerThanTheStoreIsNotKeptAndThrowsNobodyOut() {
		CaffeineCacheStore store = store(10_000);
		StoredEntry small = entry("small").build();
		StoredEntry large = entry("large").payload(new byte[20_000]).build();
		store.putAll(List.of(small, large));
		assertThat(store.get(large.fingerprint())).isNull();
		assertThat(store.get(small.fingerprint())).isEqualTo(small);
		assertThat(store.stats().evictions()).isEqualTo(1);
	}

	@Test
	void aStoreWithoutRoomKeepsNothing() {
		CaffeineCacheStore store = store(0);
		StoredEntry entry = entry("a").build();
		store.putAll(List.of(entry));
		assertThat(store.get(entry.fingerprint())).isNull();
		assertThat(store.scan(Selector.all(), null, 10).entries()).isEmpty();
		assertThat(store.evict(Selector.all())).isZero();
	}

	@Test
	void aNegativeBoundIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CaffeineCacheStore.ofMaximumWeight(-1));
	}

	@Test
	void aJumpOfTheWallClockNeitherKillsNorRevivesAnEntry() {
		StoredEntry entry = entry("a").times(Duration.ZERO, HOUR, HOUR).build();
		put(entry);
		jump(Duration.ofDays(10));
		assertThere(entry);
		jump(Duration.ofDays(-20));
		assertThere(entry);
		pass(HOUR.minusMillis(1));
		assertThere(entry);
		pass(Duration.ofMillis(1));
		assertGone(entry);
		jump(Duration.ofDays(-1));
		assertGone(entry);
	}

	@Test
	void theTimeThatIsLeftIsMeasuredByTheWallClockWhenTheEntryIsPut() {
		StoredEntry entry = entry("a").times(Duration.ZERO, HOUR, HOUR).build();
		jump(Duration.ofMinutes(30));
		put(entry);
		pass(Duration.ofMinutes(30).minusMillis(1));
		assertThere(entry);
		pass(Duration.ofMillis(1));
		assertGone(entry);
	}

	@Test
	void onlyEntriesThatHadToMakeRoomCountAsEvictions() {
		CaffeineCacheStore store = store(10_000);
		StoredEntry evicted = entry("evicted").build();
		store.putAll(List.of(entry("ending").times(Duration.ZERO, SHORT, SHORT).build(), evicted));
		store.putAll(List.of(evicted));
		store.evictAll(List.of(evicted.fingerprint()));
		pass(SHORT.plusSeconds(2));
		store.putAll(List.of(entry("another").build()));
		assertThat(store.stats().entries()).isEqualTo(1);
		assertThat(store.stats().evictions()).isZero();
	}

	@Test
	void removalsAreToldWithTheirCauses() {
		CaffeineCacheStore store = store(10_000);
		RemovalRecorder news = new RemovalRecorder();
		store.subscribe(news);
		StoredEntry ending = entry("ending").times(Duration.ZERO, SHORT, SHORT).build();
		StoredEntry large = entry("large").payload(new byte[20_000]).build();
		StoredEntry evicted = entry("evicted").build();
		StoredEntry selected = entry("selected").tags("t").build();
		StoredEntry kept = entry("kept").build();
		store.putAll(List.of(ending, large, evicted, selected, kept));
		store.evictAll(List.of(evicted.fingerprint()));
		store.evict(Selector.all().withTag("t"));
		store.putAll(List.of(entry("kept").question("new").build()));
		pass(SHORT.plusSeconds(2));
		store.putAll(List.of(entry("another").build()));
		assertThat(news.causes(ending)).containsExactly(RemovalCause.EXPIRED);
		assertThat(news.causes(large)).containsExactly(RemovalCause.SIZE);
		assertThat(news.causes(evicted)).containsExactly(RemovalCause.EVICTED);
		assertThat(news.causes(selected)).containsExactly(RemovalCause.EVICTED);
		assertThat(news.causes(kept)).containsExactly(RemovalCause.REPLACED);
	}

	@Test
	void theDefaultsKeepEntriesAndTellRemovals() {
		CaffeineCacheStore store = CaffeineCacheStore.ofMaximumWeight(1_000_000);
		RemovalRecorder news = new RemovalRecorder();
		store.subscribe(news);
		StoredEntry entry = entry("a").times(Duration.ZERO, null, null).build();
		store.putAll(List.of(entry));
		assertThat(store.get(entry.fingerprint())).isEqualTo(entry);
		store.evictAll(List.of(entry.fingerprint()));
		eventually(() -> assertThat(news.causes(entry)).containsExactly(RemovalCause.EVICTED));
	}

	@Test
	void nothingBlocks() {
		assertThat(store().blocking()).isFalse();
	}

	@Test
	void entriesAreWalkedOverInTheOrderOfTheirFingerprints() {
		List<StoredEntry> entries = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			entries.add(entry("e" + i).build());
		}
		store().putAll(entries);
		assertThat(scanAll(Selector.all(), 7)).extracting(StoredEntry::fingerprint).isSorted().doesNotHaveDuplicates();
	}

	private CaffeineCacheStore store(long maximumWeight) {
		return CaffeineCacheStore.builder()
			.maximumWeight(maximumWeight)
			.clock(this.clock)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(this.clock.millis() - this.jumped.toMillis()))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Move the wall clock alone, as an administrator does.
	 */
	private void jump(Duration duration) {
		this.jumped = this.jumped.plus(duration);
		this.clock.advance(duration);
	}

}
