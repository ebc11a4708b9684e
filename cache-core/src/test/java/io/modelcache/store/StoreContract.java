package io.modelcache.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.testing.TestClock;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every part of the contract of a store stands on: a store, a time, and what it
 * means that an entry is there.
 */
public interface StoreContract {

	/**
	 * How long the entries and leases live that a test lets expire.
	 */
	Duration SHORT = Duration.ofMillis(200);

	/**
	 * How far a store with a clock of its own may shift the times of an entry.
	 */
	Duration TOLERANCE = Duration.ofSeconds(2);

	/**
	 * Return the store under test.
	 * @return the same store during one test, empty at its start
	 */
	CacheStore store();

	/**
	 * Return the clock that the store goes by, if a test can move it.
	 * @return the clock, or {@code null} for a store with a clock of its own
	 */
	@Nullable TestClock clock();

	/**
	 * Return the time of this JVM.
	 * @return the time in milliseconds, as entries have it
	 */
	default Instant now() {
		TestClock clock = clock();
		return Instant.ofEpochMilli((clock != null) ? clock.millis() : InstantSource.system().millis());
	}

	/**
	 * Let time pass, if it does not pass by itself. What follows from it is asserted
	 * {@link #eventually}.
	 * @param duration how much
	 */
	default void pass(Duration duration) {
		TestClock clock = clock();
		if (clock != null) {
			clock.advance(duration);
		}
	}

	/**
	 * Assert something that may take a while.
	 * @param assertion what must hold within ten seconds
	 */
	default void eventually(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(assertion);
	}

	/**
	 * Start an entry that is fresh for an hour.
	 * @param name what gives the entry its fingerprint and its payload
	 * @return the entry, to be changed further
	 */
	default TestEntry entry(String name) {
		return TestEntry.of(name, now());
	}

	/**
	 * Put entries.
	 * @param entries the entries
	 */
	default void put(StoredEntry... entries) {
		store().putAll(List.of(entries));
	}

	/**
	 * Assert that entries are there, however they are asked for.
	 * @param entries the entries
	 */
	default void assertThere(StoredEntry... entries) {
		for (StoredEntry entry : entries) {
			assertEqual(store().get(entry.fingerprint()), entry);
			assertEqual(store().getAll(List.of(entry.fingerprint())).get(entry.fingerprint()), entry);
		}
	}

	/**
	 * Assert that entries are not there, however they are asked for.
	 * @param entries the entries
	 */
	default void assertGone(StoredEntry... entries) {
		Set<Fingerprint> found = fingerprints(scanAll(Selector.all(), 100));
		for (StoredEntry entry : entries) {
			assertThat(store().get(entry.fingerprint())).isNull();
			assertThat(store().getAll(List.of(entry.fingerprint()))).isEmpty();
			assertThat(found).doesNotContain(entry.fingerprint());
		}
	}

	/**
	 * Assert that an entry came back equal in every component, apart from a shift of all
	 * its times that a store with a clock of its own cannot avoid.
	 * @param actual what the store returned
	 * @param expected what was put
	 */
	default void assertEqual(@Nullable StoredEntry actual, StoredEntry expected) {
		assertThat(actual).as("the entry").isNotNull();
		Duration shift = Duration.between(expected.createdAt(), actual.createdAt());
		assertThat(shift.abs()).as("the shift of the times")
			.isLessThanOrEqualTo((clock() != null) ? Duration.ZERO : TOLERANCE);
		StoredEntry shifted = TestEntry.copyOf(actual).shiftedBy(shift.negated()).build();
		if (!shifted.equals(expected)) {
			assertThat(shifted).usingRecursiveComparison().isEqualTo(expected);
		}
	}

	/**
	 * Walk over all pages.
	 * @param selector which entries
	 * @param limit the size of a page
	 * @return the entries, possibly some of them twice
	 */
	default List<StoredEntry> scanAll(Selector selector, int limit) {
		List<StoredEntry> found = new ArrayList<>();
		Set<String> cursors = new HashSet<>();
		String cursor = null;
		do {
			ScanPage page = store().scan(selector, cursor, limit);
			assertThat(page.entries()).as("a page").hasSizeLessThanOrEqualTo(limit);
			found.addAll(page.entries());
			cursor = page.next();
			assertThat(cursor == null || cursors.add(cursor)).as("a scan does not go round in circles").isTrue();
		}
		while (cursor != null);
		return found;
	}

	/**
	 * Return the fingerprints of entries.
	 * @param entries the entries
	 * @return their fingerprints
	 */
	default Set<Fingerprint> fingerprints(Iterable<StoredEntry> entries) {
		Set<Fingerprint> fingerprints = new HashSet<>();
		entries.forEach((entry) -> fingerprints.add(entry.fingerprint()));
		return fingerprints;
	}

}
