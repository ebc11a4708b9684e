package io.modelcache.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link StoredEntry}.
 */
class StoredEntryTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

	@Test
	void everyComponentTakesPartInEquality() {
		StoredEntry entry = entry().build();
		assertThat(entry).isEqualTo(entry().build()).hasSameHashCodeAs(entry().build());
		for (StoredEntry other : new StoredEntry[] { entry().fingerprint(TestEntry.fingerprint("b")).build(),
				entry().payload(new byte[] { 1 }).build(), entry().times(Duration.ofMillis(1), null, null).build(),
				entry().times(Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1)).build(),
				entry().times(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(2)).build(),
				entry().bean("b").build(), entry().scope(TestEntry.scope("b")).build(), entry().tags("t").build(),
				entry().question("?").build() }) {
			assertThat(entry).isNotEqualTo(other);
		}
	}

	@Test
	void timesAreCutToMilliseconds() {
		StoredEntry entry = TestEntry.of("a", NOW.plusNanos(999_999)).build();
		assertThat(entry.createdAt()).isEqualTo(NOW);
		assertThat(entry.freshUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
		assertThat(entry.keepUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
	}

	@Test
	void anEntryIsNotKeptForLessThanItIsFresh() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> entry().times(Duration.ZERO, Duration.ofHours(2), Duration.ofHours(1)).build())
			.withMessageContaining("keepUntil");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> entry().times(Duration.ZERO, null, Duration.ofHours(1)).build());
	}

	@Test
	void aTimeBeyondTheEndIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> TestEntry.copyOf(entry().build()).shiftedBy(Duration.between(NOW, StoredEntry.NEVER)).build())
			.withMessageContaining("NEVER");
	}

	@Test
	void labelsThatADatabaseCannotHoldAreRefused() {
		for (String label : new String[] { "a\0b", "\ud800", "a\udfff", "\udc00\ud800", "x".repeat(256) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> entry().bean(label).build());
			assertThatIllegalArgumentException().isThrownBy(() -> entry().tags("fine", label).build());
			assertThatIllegalArgumentException().isThrownBy(() -> StoredEntry.requireLabel(label))
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(label));
		}
		for (String label : EntryContract.HOSTILE) {
			assertThat(StoredEntry.requireLabel(label)).isEqualTo(label);
		}
	}

	@Test
	void whatADatabaseCannotHoldIsReplacedInAQuestion() {
		assertThat(entry().question("a\0b\ud83d\ude00\ud83dc\udc00").build().question())
			.isEqualTo("a\ufffdb\ud83d\ude00\ufffdc\ufffd");
		String question = "What is \ud83d\ude00?";
		assertThat(entry().question(question).build().question()).isSameAs(question);
	}

	@Test
	void tagsAreCopied() {
		Set<String> tags = new HashSet<>(Set.of("t"));
		StoredEntry entry = entry().tags(tags).build();
		tags.add("u");
		assertThat(entry.tags()).containsExactly("t");
	}

	@Test
	void whatIsMissingIsNamed() {
		assertThatNullPointerException().isThrownBy(() -> entry().payload(null).build())
			.withMessageContaining("'payload'");
		assertThatNullPointerException().isThrownBy(() -> entry().scope((Fingerprint) null).build())
			.withMessageContaining("'scope'");
	}

	@Test
	void theWeightGrowsWithWhatAnEntryHolds() {
		int weight = entry().payload(new byte[0]).build().weight();
		assertThat(entry().payload(new byte[1000]).build().weight()).isEqualTo(weight + 1000);
		assertThat(entry().payload(new byte[0]).question("x".repeat(100)).build().weight()).isEqualTo(weight + 200);
		assertThat(entry().payload(new byte[0]).tags("x".repeat(100)).build().weight()).isGreaterThan(weight + 200);
	}

	@Test
	void neitherPayloadNorQuestionNorTagsAreShown() {
		assertThat(entry().payload("s3cret".getBytes(StandardCharsets.UTF_8))
			.question("s3cret")
			.tags("s3cret")
			.build()
			.toString()).doesNotContain("s3cret").contains(entry().build().fingerprint().id());
	}

	private static TestEntry entry() {
		return TestEntry.of("a", NOW);
	}

}
