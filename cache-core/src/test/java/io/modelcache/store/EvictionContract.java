package io.modelcache.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of {@link CacheStoreContract} about eviction.
 */
interface EvictionContract extends StoreContract {

	@Test
	default void onlyTheEntriesOfTheFingerprintsAreEvicted() {
		StoredEntry evicted = entry("evicted").tags("t").build();
		StoredEntry alsoEvicted = entry("also evicted").build();
		StoredEntry kept = entry("kept").tags("t").build();
		put(evicted, alsoEvicted, kept);
		store().evictAll(List.of(evicted.fingerprint(), TestEntry.fingerprint("unknown"), alsoEvicted.fingerprint(),
				evicted.fingerprint()));
		assertGone(evicted, alsoEvicted);
		assertThere(kept);
		assertThat(store().evict(Selector.all().withTag("t"))).isEqualTo(1);
	}

	@Test
	default void evictingNothingChangesNothing() {
		StoredEntry entry = entry("a").build();
		put(entry);
		store().evictAll(List.of());
		assertThere(entry);
	}

	@Test
	default void everyEntryIsEvicted() {
		StoredEntry some = entry("some").tags("t").build();
		StoredEntry other = entry("other").bean("other").scope(TestEntry.scope("other")).question("?").build();
		put(some, other);
		assertThat(store().evict(Selector.all())).isEqualTo(2);
		assertGone(some, other);
		assertThat(store().evict(Selector.all())).isZero();
	}

	@Test
	default void entriesAreEvictedByBean() {
		StoredEntry evicted = entry("evicted").bean("chat").build();
		StoredEntry kept = entry("kept").bean("embedding").tags("chat").question("chat").build();
		assertEvicts(Selector.all().withBean("chat"), evicted, kept);
	}

	@Test
	default void entriesAreEvictedByScope() {
		Fingerprint scope = TestEntry.scope("tenant");
		Fingerprint nearly = new Fingerprint(scope.first(), scope.second(), scope.third(), scope.fourth() ^ 1);
		StoredEntry evicted = entry("evicted").scope(scope).build();
		StoredEntry kept = entry("kept").scope(nearly).build();
		assertEvicts(Selector.all().withScope(scope), evicted, kept);
	}

	@Test
	default void entriesAreEvictedByTag() {
		StoredEntry evicted = entry("evicted").tags("pricing", "public").build();
		StoredEntry kept = entry("kept").tags("public", "pricing-old").bean("pricing").build();
		assertEvicts(Selector.all().withTag("pricing"), evicted, kept);
	}

	@Test
	default void entriesAreEvictedByAge() {
		StoredEntry evicted = entry("evicted").times(Duration.ofHours(3), Duration.ofHours(9), null).build();
		StoredEntry kept = entry("kept").times(Duration.ofHours(1), Duration.ofHours(9), null).build();
		assertEvicts(Selector.all().withCreatedBefore(now().minus(Duration.ofHours(2))), evicted, kept);
		if (clock() != null) {
			assertThat(store().evict(Selector.all().withCreatedBefore(kept.createdAt()))).isZero();
			assertThat(store().evict(Selector.all().withCreatedBefore(kept.createdAt().plusMillis(1)))).isEqualTo(1);
		}
	}

	@Test
	default void conditionsAreCombined() {
		Fingerprint scope = TestEntry.scope("tenant");
		Duration age = Duration.ofHours(3);
		StoredEntry evicted = entry("evicted").times(age, null, null).bean("chat").scope(scope).tags("t").build();
		StoredEntry otherBean = entry("bean").times(age, null, null).scope(scope).tags("t").build();
		StoredEntry otherScope = entry("scope").times(age, null, null).bean("chat").tags("t").build();
		StoredEntry otherTag = entry("tag").times(age, null, null).bean("chat").scope(scope).tags("u").build();
		StoredEntry otherAge = entry("age").bean("chat").scope(scope).tags("t").build();
		put(otherBean, otherScope, otherTag, otherAge);
		assertEvicts(Selector.all()
			.withBean("chat")
			.withScope(scope)
			.withTag("t")
			.withCreatedBefore(now().minus(Duration.ofHours(1))), evicted, otherBean);
		assertThere(otherScope, otherTag, otherAge);
		assertEvicts(Selector.all().withBean("chat").withTag("u"), otherTag, otherBean);
	}

	@Test
	default void labelsAreComparedCharacterByCharacter() {
		for (String label : EntryContract.HOSTILE) {
			put(entry("bean " + label).bean(label).build(), entry("tag " + label).tags(label).build());
		}
		for (String label : EntryContract.HOSTILE) {
			for (Selector selector : List.of(Selector.all().withBean(label), Selector.all().withTag(label))) {
				assertThat(scanAll(selector, 10)).as("found by %s", selector).hasSize(1);
				assertThat(store().evict(selector)).as("evicted by %s", selector).isEqualTo(1);
			}
		}
		assertThat(scanAll(Selector.all(), 100)).isEmpty();
	}

	@Test
	default void aSelectorThatMatchesNothingEvictsNothing() {
		StoredEntry entry = entry("a").tags("t").build();
		put(entry);
		for (Selector selector : List.of(Selector.all().withBean("unknown"), Selector.all().withTag("unknown"),
				Selector.all().withScope(TestEntry.scope("unknown")),
				Selector.all().withCreatedBefore(now().minus(Duration.ofHours(1))),
				Selector.all().withTag("t").withBean("unknown"))) {
			assertThat(store().evict(selector)).as("evicted by %s", selector).isZero();
		}
		assertThere(entry);
	}

	@Test
	default void anEvictedEntryCanBePutAgain() {
		StoredEntry entry = entry("a").tags("t").build();
		for (int i = 0; i < 3; i++) {
			put(entry);
			assertThere(entry);
			assertThat(store().evict(Selector.all().withTag("t"))).isEqualTo(1);
			put(entry);
			store().evictAll(List.of(entry.fingerprint()));
			assertGone(entry);
		}
	}

	@Test
	default void thousandsAreEvictedAndCounted() {
		List<StoredEntry> entries = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			entries.add(entry("e" + i).tags((i % 3 == 0) ? "fizz" : "other").build());
		}
		store().putAll(entries);
		assertThat(store().evict(Selector.all().withTag("fizz"))).isEqualTo(1000);
		assertThat(store().evict(Selector.all())).isEqualTo(2000);
	}

	private void assertEvicts(Selector selector, StoredEntry evicted, StoredEntry kept) {
		put(evicted, kept);
		assertThat(fingerprints(scanAll(selector, 10))).containsExactly(evicted.fingerprint());
		assertThat(store().evict(selector)).isEqualTo(1);
		assertGone(evicted);
		assertThere(kept);
		assertThat(store().evict(selector)).isZero();
	}

}
