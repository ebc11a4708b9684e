package io.modelcache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EntryEnvelope}.
 */
class EntryEnvelopeTests {

	private static final byte FORMAT = 7;

	private static final byte[] VALUE = "a value".getBytes(StandardCharsets.UTF_8);

	private static final Fingerprint KEY = CanonicalForm.of("test", 1).fingerprint();

	private static final Fingerprint OTHER = CanonicalForm.of("test", 2).fingerprint();

	private static final Instant CREATED = Instant.parse("2026-11-20T12:00:00Z");

	private static final Instant FRESH = CREATED.plusSeconds(60);

	private static final Instant KEEP = CREATED.plusSeconds(90);

	private final byte[] sealed = EntryEnvelope.seal(FORMAT, KEY, CacheScope.SHARED,
			new Instant[] { CREATED, FRESH, KEEP }, VALUE);

	@Test
	void theValueComesBack() {
		ByteBuffer value = EntryEnvelope.open(FORMAT, KEY, CacheScope.SHARED, entry(this.sealed));
		assertThat(StandardCharsets.UTF_8.decode(value).toString()).isEqualTo("a value");
		assertThat(this.sealed).hasSize(84 + VALUE.length);
	}

	@Test
	void everySingleFlippedBitIsNoticed() {
		for (int bit = 0; bit < this.sealed.length * 8; bit++) {
			byte[] flipped = this.sealed.clone();
			flipped[bit / 8] ^= (byte) (1 << (bit % 8));
			assertMismatch(FORMAT, KEY, CacheScope.SHARED, entry(flipped));
		}
	}

	@Test
	void everyTruncationAndEveryAdditionIsNoticed() {
		for (int length = 0; length < this.sealed.length; length++) {
			assertMismatch(FORMAT, KEY, CacheScope.SHARED, entry(Arrays.copyOf(this.sealed, length)));
		}
		assertMismatch(FORMAT, KEY, CacheScope.SHARED, entry(Arrays.copyOf(this.sealed, this.sealed.length + 1)));
	}

	@Test
	void theEntryOfAnotherKeyScopeOrFormatIsNoticed() {
		assertMismatch(FORMAT, OTHER, CacheScope.SHARED, entry(this.sealed));
		assertMismatch(FORMAT, KEY, OTHER, entry(this.sealed));
		assertMismatch((byte) 8, KEY, CacheScope.SHARED, entry(this.sealed));
	}

	@Test
	void aStoreMayMoveAndShortenTheTimesButNotLengthenThem() {
		Duration skew = Duration.ofHours(-3);
		assertThat(open(CREATED.plus(skew), FRESH.plus(skew), KEEP.plus(skew))).isNotNull();
		assertThat(open(CREATED, FRESH.minusSeconds(1), KEEP.minusSeconds(1))).isNotNull();
		assertMismatch(FORMAT, KEY, CacheScope.SHARED, entry(this.sealed, CREATED, FRESH.plusMillis(1), KEEP));
		assertMismatch(FORMAT, KEY, CacheScope.SHARED, entry(this.sealed, CREATED, FRESH, KEEP.plusMillis(1)));
		assertMismatch(FORMAT, KEY, CacheScope.SHARED,
				entry(this.sealed, CREATED, StoredEntry.NEVER, StoredEntry.NEVER));
	}

	private ByteBuffer open(Instant created, Instant fresh, Instant keep) {
		return EntryEnvelope.open(FORMAT, KEY, CacheScope.SHARED, entry(this.sealed, created, fresh, keep));
	}

	private static void assertMismatch(byte format, Fingerprint key, Fingerprint scope, StoredEntry entry) {
		assertThatExceptionOfType(EntryMismatchException.class)
			.isThrownBy(() -> EntryEnvelope.open(format, key, scope, entry));
	}

	private static StoredEntry entry(byte[] payload) {
		return entry(payload, CREATED, FRESH, KEEP);
	}

	private static StoredEntry entry(byte[] payload, Instant created, Instant fresh, Instant keep) {
		return new StoredEntry(KEY, payload, created, fresh, keep, "bean", CacheScope.SHARED, Set.of(), null);
	}

}
