package io.modelcache.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of {@link LeaseStore} as tests: a subclass of {@link CacheStoreContract}
 * implements this interface, too, and has nothing to add.
 */
public interface LeaseStoreContract extends StoreContract {

	/**
	 * What most tests lease.
	 */
	Fingerprint LEASED = TestEntry.fingerprint("leased");

	/**
	 * Longer than any test takes.
	 */
	Duration LONG = Duration.ofHours(1);

	/**
	 * Return the store under test.
	 * @return the store
	 */
	default LeaseStore leases() {
		return Objects.requireNonNull(store().capability(LeaseStore.class));
	}

	@Test
	default void onlyOneHolderHasTheLease() {
		assertThat(leases().acquire(LEASED, "a", LONG)).isTrue();
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
		assertThat(leases().acquire(LEASED, "a ", LONG)).isFalse();
		assertThat(leases().acquire(LEASED, "A", LONG)).isFalse();
	}

	@Test
	default void leasesOfDifferentFingerprintsAreIndependent() {
		Fingerprint nearly = new Fingerprint(LEASED.first(), LEASED.second(), LEASED.third(), LEASED.fourth() ^ 1);
		assertThat(leases().acquire(LEASED, "a", LONG)).isTrue();
		assertThat(leases().acquire(nearly, "b", LONG)).isTrue();
		assertThat(leases().release(nearly, "b")).isTrue();
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
	}

	@Test
	default void aReleasedLeaseCanBeTakenByAnybody() {
		leases().acquire(LEASED, "a", LONG);
		assertThat(leases().release(LEASED, "a")).isTrue();
		assertThat(leases().release(LEASED, "a")).isFalse();
		assertThat(leases().acquire(LEASED, "b", LONG)).isTrue();
	}

	@Test
	default void nobodyReleasesTheLeaseOfSomebodyElse() {
		assertThat(leases().release(LEASED, "a")).isFalse();
		leases().acquire(LEASED, "a", LONG);
		assertThat(leases().release(LEASED, "b")).isFalse();
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
		assertThat(leases().release(LEASED, "a")).isTrue();
	}

	@Test
	default void aLeaseEndsByItself() {
		assertThat(leases().acquire(LEASED, "a", SHORT)).isTrue();
		pass(SHORT);
		eventually(() -> assertThat(leases().acquire(LEASED, "b", LONG)).isTrue());
		assertThat(leases().release(LEASED, "a")).as("the one who was too slow").isFalse();
		assertThat(leases().acquire(LEASED, "a", LONG)).isFalse();
		assertThat(leases().release(LEASED, "b")).isTrue();
	}

	@Test
	default void whoseLeaseHasEndedHasNothingToRelease() {
		leases().acquire(LEASED, "a", SHORT);
		Fingerprint marker = TestEntry.fingerprint("marker");
		leases().acquire(marker, "a", SHORT);
		pass(SHORT);
		eventually(() -> assertThat(leases().acquire(marker, "b", LONG)).isTrue());
		assertThat(leases().release(LEASED, "a")).isFalse();
	}

	@Test
	default void theHolderExtendsTheLease() {
		Fingerprint marker = TestEntry.fingerprint("marker");
		assertThat(leases().acquire(LEASED, "a", SHORT)).isTrue();
		assertThat(leases().acquire(LEASED, "a", LONG)).isTrue();
		leases().acquire(marker, "a", SHORT);
		pass(SHORT);
		eventually(() -> assertThat(leases().acquire(marker, "b", LONG)).isTrue());
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
		assertThat(leases().release(LEASED, "a")).isTrue();
	}

	@Test
	default void aRefusedRequestDoesNotProlongTheLease() {
		leases().acquire(LEASED, "a", SHORT);
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
		pass(SHORT);
		eventually(() -> assertThat(leases().acquire(LEASED, "c", LONG)).isTrue());
	}

	@Test
	default void leasesAreIndependentOfEntries() {
		StoredEntry entry = entry("a").fingerprint(LEASED).build();
		leases().acquire(LEASED, "a", LONG);
		assertThat(store().get(LEASED)).isNull();
		assertThat(scanAll(Selector.all(), 10)).isEmpty();
		put(entry);
		store().evictAll(List.of(LEASED));
		assertThat(store().evict(Selector.all())).isZero();
		assertThat(leases().acquire(LEASED, "b", LONG)).isFalse();
		put(entry);
		assertThat(leases().release(LEASED, "a")).isTrue();
		assertThere(entry);
	}

	@Test
	default void hostileHoldersAreToldApart() {
		for (String holder : EntryContract.HOSTILE) {
			assertThat(leases().acquire(LEASED, holder, LONG)).as("holder \"%s\"", holder).isTrue();
			assertThat(leases().release(LEASED, holder + "x")).isFalse();
			assertThat(leases().release(LEASED, holder)).as("holder \"%s\"", holder).isTrue();
		}
	}

	@Test
	default void aLeaseOfNoTimeIsRefused() {
		for (Duration duration : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(999_999))) {
			assertThatIllegalArgumentException().as("a lease of %s", duration)
				.isThrownBy(() -> leases().acquire(LEASED, "a", duration));
		}
		assertThat(leases().acquire(LEASED, "b", LONG)).isTrue();
	}

	@Test
	default void ofManyWhoAskAtOnceOneGetsTheLease() throws Exception {
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 20; round++) {
				Fingerprint fingerprint = TestEntry.fingerprint("round " + round);
				CountDownLatch start = new CountDownLatch(1);
				List<Future<Boolean>> answers = new ArrayList<>();
				for (int i = 0; i < threads; i++) {
					String holder = "holder " + i;
					answers.add(executor.submit(
							() -> start.await(10, TimeUnit.SECONDS) && leases().acquire(fingerprint, holder, LONG)));
				}
				start.countDown();
				int holders = 0;
				for (Future<Boolean> answer : answers) {
					holders += answer.get(30, TimeUnit.SECONDS) ? 1 : 0;
				}
				assertThat(holders).as("holders in round %d", round).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
