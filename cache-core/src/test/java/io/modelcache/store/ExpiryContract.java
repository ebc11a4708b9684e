package io.modelcache.store;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of {@link CacheStoreContract} about the end of entries.
 */
interface ExpiryContract extends StoreContract {

	@Test
	default void aStaleEntryIsStillThere() {
		StoredEntry stale = entry("stale").times(Duration.ofHours(3), Duration.ofHours(1), Duration.ofHours(5))
			.tags("t")
			.build();
		put(stale);
		assertThere(stale);
		assertThat(fingerprints(scanAll(Selector.all(), 10))).containsExactly(stale.fingerprint());
		assertThat(store().evict(Selector.all().withTag("t"))).isEqualTo(1);
		assertGone(stale);
	}

	@Test
	default void anEntryIsThereUntilItsEndAndNotFromThenOn() {
		StoredEntry ending = entry("ending").times(Duration.ZERO, SHORT.dividedBy(2), SHORT).tags("t").build();
		StoredEntry staying = entry("staying").tags("t").build();
		put(ending, staying);
		if (clock() != null) {
			pass(SHORT.minusMillis(1));
			assertThere(ending);
			pass(Duration.ofMillis(1));
		}
		eventually(() -> assertGone(ending));
		assertThere(staying);
		assertThat(store().evict(Selector.all().withTag("t"))).as("an ended entry is not counted").isEqualTo(1);
	}

	@Test
	default void everyEntryHasItsOwnEnd() {
		StoredEntry first = entry("first").times(Duration.ZERO, SHORT, SHORT).build();
		StoredEntry second = entry("second").times(Duration.ZERO, SHORT.multipliedBy(3), SHORT.multipliedBy(3)).build();
		StoredEntry third = entry("third").times(Duration.ZERO, null, null).build();
		put(third, second, first);
		pass(SHORT);
		eventually(() -> assertGone(first));
		if (clock() != null) {
			assertThere(second);
		}
		pass(SHORT.multipliedBy(2));
		eventually(() -> assertGone(second));
		pass(Duration.ofDays(36_500));
		assertThat(store().get(third.fingerprint())).isNotNull();
	}

	@Test
	default void anEntryThatHasEndedBeforeItIsPutIsNotThere() {
		StoredEntry ended = entry("ended").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1)).build();
		StoredEntry endingNow = entry("now").times(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1))
			.build();
		put(ended, endingNow);
		assertGone(ended, endingNow);
		assertThat(store().evict(Selector.all())).isZero();
	}

	@Test
	default void anEntryThatHasEndedReplacesOneThatHasNot() {
		put(entry("a").tags("t").build());
		StoredEntry ended = entry("a").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1)).build();
		put(ended);
		assertGone(ended);
		assertThat(store().evict(Selector.all().withTag("t"))).isZero();
	}

	@Test
	default void aReplacementBringsItsOwnEnd() {
		StoredEntry marker = entry("marker").times(Duration.ZERO, SHORT, SHORT).build();
		put(entry("longer").times(Duration.ZERO, SHORT, SHORT).build(), marker, entry("shorter").build(),
				entry("endless").times(Duration.ZERO, SHORT, SHORT).build());
		StoredEntry longer = entry("longer").build();
		StoredEntry shorter = entry("shorter").times(Duration.ZERO, SHORT, SHORT).build();
		StoredEntry endless = entry("endless").times(Duration.ZERO, null, null).build();
		put(longer, shorter, endless);
		pass(SHORT);
		eventually(() -> assertGone(marker, shorter));
		assertThere(longer, endless);
	}

	@Test
	default void readingDoesNotProlongAnEntry() {
		StoredEntry entry = entry("a").times(Duration.ZERO, SHORT, SHORT).build();
		put(entry);
		for (int i = 0; i < 4; i++) {
			store().get(entry.fingerprint());
			store().getAll(List.of(entry.fingerprint()));
			store().scan(Selector.all(), null, 10);
			pass(SHORT.dividedBy(4));
		}
		eventually(() -> assertGone(entry));
	}

	@Test
	default void anEndedEntryCanBePutAgain() {
		StoredEntry ending = entry("a").times(Duration.ZERO, SHORT, SHORT).tags("old").build();
		put(ending);
		pass(SHORT);
		eventually(() -> assertGone(ending));
		StoredEntry again = entry("a").tags("new").build();
		put(again);
		assertThere(again);
		assertThat(store().evict(Selector.all().withTag("old"))).isZero();
		assertThat(store().evict(Selector.all().withTag("new"))).isEqualTo(1);
	}

}
