package io.modelcache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The part of {@link CacheStoreContract} about walking over the entries.
 */
interface ScanContract extends StoreContract {

	@Test
	default void anEmptyStoreHasNothingToWalkOver() {
		assertThat(scanAll(Selector.all(), 1)).isEmpty();
		assertThat(scanAll(Selector.all().withTag("t"), 10)).isEmpty();
	}

	@Test
	default void everyEntryIsFoundWhateverTheSizeOfAPage() {
		List<StoredEntry> entries = putMany(25);
		for (int limit : new int[] { 1, 2, 5, 24, 25, 26, 1000, Integer.MAX_VALUE }) {
			List<StoredEntry> found = scanAll(Selector.all(), limit);
			assertThat(fingerprints(found)).as("pages of %d", limit).isEqualTo(fingerprints(entries));
		}
	}

	@Test
	default void foundEntriesAreEqualInEveryComponent() {
		StoredEntry entry = entry("a").tags("t", "u").question("Why?").build();
		put(entry);
		scanAll(Selector.all(), 10).forEach((found) -> assertEqual(found, entry));
		scanAll(Selector.all().withTag("u"), 10).forEach((found) -> assertEqual(found, entry));
	}

	@Test
	default void onlyEntriesThatTheSelectorMatchesAreFound() {
		putMany(30);
		StoredEntry matching = entry("matching").bean("b").scope(TestEntry.scope("s")).tags("t", "u").build();
		StoredEntry alsoMatching = entry("also").bean("b").scope(TestEntry.scope("s")).tags("t").build();
		put(matching, alsoMatching);
		Set<Fingerprint> expected = fingerprints(List.of(matching, alsoMatching));
		for (Selector selector : List.of(Selector.all().withBean("b"), Selector.all().withTag("t"),
				Selector.all().withScope(TestEntry.scope("s")),
				Selector.all().withBean("b").withTag("t").withScope(TestEntry.scope("s")))) {
			for (int limit : new int[] { 1, 2, 100 }) {
				assertThat(fingerprints(scanAll(selector, limit))).as("%s, pages of %d", selector, limit)
					.isEqualTo(expected);
			}
		}
	}

	@Test
	default void whatStaysDuringAWalkIsFoundWhateverComesAndGoes() {
		List<StoredEntry> staying = putMany(200);
		put(entry("going 0").build());
		List<StoredEntry> found = new ArrayList<>();
		String cursor = null;
		int round = 0;
		do {
			ScanPage page = store().scan(Selector.all(), cursor, 7);
			found.addAll(page.entries());
			cursor = page.next();
			store().evictAll(List.of(TestEntry.fingerprint("going " + round)));
			round++;
			put(entry("going " + round).build(), entry("coming " + round).build());
		}
		while (cursor != null && round < 2000);
		assertThat(cursor).as("the walk has an end").isNull();
		assertThat(fingerprints(found)).containsAll(fingerprints(staying));
	}

	@Test
	default void twoWalksDoNotDisturbEachOther() {
		List<StoredEntry> entries = putMany(20);
		ScanPage first = store().scan(Selector.all(), null, 3);
		assertThat(fingerprints(scanAll(Selector.all(), 4))).isEqualTo(fingerprints(entries));
		List<StoredEntry> found = new ArrayList<>(first.entries());
		for (String cursor = first.next(); cursor != null;) {
			ScanPage page = store().scan(Selector.all(), cursor, 3);
			found.addAll(page.entries());
			cursor = page.next();
		}
		assertThat(fingerprints(found)).isEqualTo(fingerprints(entries));
	}

	@Test
	default void aCursorOfSomebodyElseIsRefused() {
		putMany(3);
		for (String cursor : List.of("", "no cursor of this store!", "'", "*", "null")) {
			assertThatIllegalArgumentException().as("cursor \"%s\"", cursor)
				.isThrownBy(() -> store().scan(Selector.all(), cursor, 10));
		}
	}

	@Test
	default void aPageWithoutRoomIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().scan(Selector.all(), null, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> store().scan(Selector.all(), null, -1));
	}

	private List<StoredEntry> putMany(int count) {
		List<StoredEntry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			entries.add(entry("many " + i).tags("many").build());
		}
		store().putAll(entries);
		return entries;
	}

}
