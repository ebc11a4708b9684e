package io.modelcache.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of {@link CacheStoreContract} about putting and getting.
 */
interface EntryContract extends StoreContract {

	/**
	 * Texts that are harmless only if nobody interprets them.
	 */
	List<String> HOSTILE = List.of("", " ", " a ", "a", "A", "'; DROP TABLE x; --", "\"", "'", "''", "\\", "\\'", "%",
			"_", "a%b_c", "*", "a?", "[a-z]", "{a}", "$1", "${a}", ":", ",", "\t", "\r\n", "\u0001", "\u007f", "null",
			"\u00e9", "e\u0301", "stra\u00dfe", "strasse", "\u0130", "\u4e2d\u6587", "\ud83d\ude00",
			"\ud83d\udc68\u200d\ud83d\udc69", "\u202eabc", "\ufeffa", "\uffff", "\ue000",
			"x".repeat(StoredEntry.MAX_LABEL), "\u4e2d".repeat(StoredEntry.MAX_LABEL));

	@Test
	default void anEntryComesBackEqualInEveryComponent() {
		StoredEntry entry = entry("a").times(Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofMinutes(20))
			.bean("openAiChatModel")
			.scope(TestEntry.scope("tenant"))
			.tags("pricing", "public")
			.question("What does it cost?")
			.build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void anEntryThatNeverEndsComesBackEqual() {
		StoredEntry fresh = entry("fresh").times(Duration.ofDays(400), null, null).build();
		StoredEntry stale = entry("stale").times(Duration.ofDays(400), Duration.ofDays(1), null).build();
		put(fresh, stale);
		assertThere(fresh, stale);
	}

	@Test
	default void anEntryForThousandsOfYearsComesBackEqual() {
		Duration years = Duration.ofDays(365L * 5000);
		StoredEntry entry = entry("a").times(Duration.ZERO, years, years).build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void hostileLabelsAndQuestionsComeBackEqual() {
		StoredEntry[] entries = HOSTILE.stream()
			.map((text) -> entry(text).bean(text).tags(text).question(text).build())
			.toArray(StoredEntry[]::new);
		put(entries);
		assertThere(entries);
	}

	@Test
	default void noQuestionIsNotAnEmptyOne() {
		StoredEntry none = entry("none").question(null).build();
		StoredEntry empty = entry("empty").question("").build();
		put(none, empty);
		assertThere(none, empty);
	}

	@Test
	default void aVeryLongQuestionComesBackEqual() {
		StoredEntry entry = entry("a").question("Wie geht's? \ud83d\ude00 ".repeat(50_000)).build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void manyTagsComeBackEqual() {
		Set<String> tags = new HashSet<>();
		IntStream.range(0, 100).forEach((i) -> tags.add("tag " + i));
		StoredEntry entry = entry("a").tags(tags).build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void anEmptyPayloadComesBackEqual() {
		StoredEntry entry = entry("a").payload(new byte[0]).build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void aPayloadOfOneMegabyteComesBackEqual() {
		byte[] payload = new byte[1024 * 1024 + 100];
		for (int i = 0; i < payload.length; i++) {
			payload[i] = (byte) (i * 31 + i / 256);
		}
		StoredEntry entry = entry("a").payload(payload).build();
		put(entry);
		assertThere(entry);
	}

	@Test
	default void fingerprintsAreToldApartToTheLastBit() {
		StoredEntry[] entries = new StoredEntry[] { entry("zeros").fingerprint(new Fingerprint(0, 0, 0, 0)).build(),
				entry("last bit").fingerprint(new Fingerprint(0, 0, 0, 1)).build(),
				entry("first bit").fingerprint(new Fingerprint(Long.MIN_VALUE, 0, 0, 0)).build(),
				entry("ones").fingerprint(new Fingerprint(-1, -1, -1, -1)).build() };
		put(entries);
		assertThere(entries);
		assertThat(store().get(new Fingerprint(0, 0, 1, 0))).isNull();
	}

	@Test
	default void whatIsNotThereIsNotReturned() {
		StoredEntry there = entry("there").build();
		Fingerprint unknown = TestEntry.fingerprint("unknown");
		put(there);
		assertThat(store().get(unknown)).isNull();
		assertThat(store().getAll(List.of(unknown))).isEmpty();
		assertThat(store().getAll(List.of(unknown, there.fingerprint()))).containsOnlyKeys(there.fingerprint());
	}

	@Test
	default void nothingIsAskedForAndNothingIsPut() {
		store().putAll(List.of());
		assertThat(store().getAll(List.of())).isEmpty();
		assertThat(store().getAll(Set.of())).isEmpty();
	}

	@Test
	default void aFingerprintThatIsNamedTwiceCountsOnce() {
		StoredEntry entry = entry("a").build();
		put(entry);
		Map<Fingerprint, StoredEntry> found = store()
			.getAll(List.of(entry.fingerprint(), entry.fingerprint(), TestEntry.fingerprint("a")));
		assertThat(found).containsOnlyKeys(entry.fingerprint());
		assertEqual(found.get(entry.fingerprint()), entry);
	}

	@Test
	default void fiveThousandAreAskedForAtOnce() {
		List<StoredEntry> entries = new ArrayList<>();
		List<Fingerprint> asked = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			asked.add(TestEntry.fingerprint("e" + i));
			if (i % 2 == 0) {
				entries.add(entry("e" + i).tags("t" + i % 7).build());
			}
		}
		Collections.reverse(asked);
		store().putAll(entries);
		Map<Fingerprint, StoredEntry> found = store().getAll(asked);
		assertThat(found).hasSize(2500);
		entries.forEach((entry) -> assertEqual(found.get(entry.fingerprint()), entry));
	}

	@Test
	default void puttingReplacesTheEntryAsAWhole() {
		put(entry("a").times(Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofHours(3))
			.payload(new byte[5000])
			.bean("old")
			.scope(TestEntry.scope("old"))
			.tags("old", "both")
			.question("old")
			.build());
		StoredEntry replacement = entry("a").bean("new").scope(TestEntry.scope("new")).tags("both", "new").build();
		put(replacement);
		assertThere(replacement);
		assertThat(scanAll(Selector.all(), 10)).hasSize(1);
		for (Selector old : List.of(Selector.all().withTag("old"), Selector.all().withBean("old"),
				Selector.all().withScope(TestEntry.scope("old")))) {
			assertThat(scanAll(old, 10)).as("entries under %s", old).isEmpty();
			assertThat(store().evict(old)).as("evicted by %s", old).isZero();
		}
		assertThere(replacement);
		assertThat(store().evict(Selector.all().withTag("new"))).isEqualTo(1);
	}

	@Test
	default void theLastOfTheSameFingerprintIsKept() {
		StoredEntry first = entry("a").payload(new byte[] { 1 }).tags("first").build();
		StoredEntry last = entry("a").payload(new byte[] { 2 }).tags("last").build();
		StoredEntry other = entry("b").build();
		put(first, other, last);
		assertThere(last, other);
		assertThat(store().evict(Selector.all().withTag("first"))).isZero();
		assertThat(store().evict(Selector.all())).isEqualTo(2);
	}

	@Test
	default void figuresAreKnownOrSaidToBeUnknown() {
		put(entry("a").build(), entry("b").build());
		StoreStats stats = store().stats();
		assertThat(List.of(stats.entries(), stats.bytes())).allMatch((n) -> n == StoreStats.UNKNOWN || n > 0);
		assertThat(stats.evictions()).isIn(StoreStats.UNKNOWN, 0L);
		store().evict(Selector.all());
		eventually(() -> assertThat(store().stats().entries()).isIn(StoreStats.UNKNOWN, 0L));
	}

}
