package io.modelcache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	private static final int LIMIT = 10_000;

	private static final byte[] LARGE = text(LIMIT);

	private final EntryEnvelope envelope = new EntryEnvelope(FORMAT, true, LIMIT);

	private final byte[] sealed = seal(VALUE);

	private final byte[] compressed = seal(LARGE);

	@Test
	void theValueComesBack() {
		assertThat(open(this.sealed)).isEqualTo(VALUE);
		assertThat(this.sealed).hasSize(84 + VALUE.length);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everySingleFlippedBitIsNoticed(boolean large) {
		byte[] whole = large ? this.compressed : this.sealed;
		for (int bit = 0; bit < whole.length * 8; bit++) {
			byte[] flipped = whole.clone();
			flipped[bit / 8] ^= (byte) (1 << (bit % 8));
			assertMismatch(flipped);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyTruncationAndEveryAdditionIsNoticed(boolean large) {
		byte[] whole = large ? this.compressed : this.sealed;
		for (int length = 0; length < whole.length; length++) {
			assertMismatch(Arrays.copyOf(whole, length));
		}
		assertMismatch(Arrays.copyOf(whole, whole.length + 1));
	}

	@Test
	void theEntryOfAnotherKeyScopeOrFormatIsNoticed() {
		assertMismatch(this.envelope, OTHER, CacheScope.SHARED, entry(this.sealed));
		assertMismatch(this.envelope, KEY, OTHER, entry(this.sealed));
		assertMismatch(new EntryEnvelope((byte) 8, true, LIMIT), KEY, CacheScope.SHARED, entry(this.sealed));
	}

	@Test
	void aLargeValueIsCompressedAndComesBack() {
		assertThat(this.compressed).hasSizeLessThan(EntryEnvelope.HEADER + LARGE.length / 2);
		assertThat(open(this.compressed)).isEqualTo(LARGE);
	}

	@Test
	void aValueIsCompressedFromFourKibibytesOn() {
		assertThat(seal(text(4095))).hasSize(EntryEnvelope.HEADER + 4095);
		assertThat(seal(text(4096))).hasSizeLessThan(EntryEnvelope.HEADER + 2048);
	}

	@Test
	void whatCompressionHardlyMakesSmallerStaysAsItIs() {
		byte[] noise = new byte[LIMIT];
		new Random(1).nextBytes(noise);
		assertThat(seal(noise)).hasSize(EntryEnvelope.HEADER + noise.length);
		assertThat(open(seal(noise))).isEqualTo(noise);
		byte[] nearly = noise.clone();
		Arrays.fill(nearly, LIMIT - LIMIT / 10, LIMIT, (byte) 0);
		assertThat(seal(nearly)).hasSize(EntryEnvelope.HEADER + noise.length);
	}

	@Test
	void whoseValuesAreNotCompressibleDoesNotTry() {
		EntryEnvelope plain = new EntryEnvelope(FORMAT, false, LIMIT);
		byte[] bytes = plain.seal(KEY, CacheScope.SHARED, new Instant[] { CREATED, FRESH, KEEP }, LARGE);
		assertThat(bytes).hasSize(EntryEnvelope.HEADER + LARGE.length);
	}

	@Test
	void whatAnnouncesMoreThanMayBeIsNotInflated() {
		assertMismatch(new EntryEnvelope(FORMAT, true, LIMIT - 1), KEY, CacheScope.SHARED, entry(this.compressed));
		assertThatExceptionOfType(EntryMismatchException.class)
			.isThrownBy(() -> open(forged(Integer.MAX_VALUE, new byte[2_000_000])))
			.withMessageContaining("announces too much");
		assertMismatch(forged(-1, LARGE));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, LIMIT - 1, LIMIT })
	void whatInflatesToAnotherLengthThanItAnnouncesIsNoticed(int announced) {
		assertThat(open(forged(LIMIT - 2, text(LIMIT - 2)))).hasSize(LIMIT - 2);
		assertThatExceptionOfType(EntryMismatchException.class)
			.isThrownBy(() -> open(forged(announced, text(LIMIT - 2))))
			.withMessageContaining("not what it announces");
	}

	@Test
	void whatIsLargerThanMayBeIsNotAccepted() {
		assertMismatch(new EntryEnvelope(FORMAT, true, VALUE.length - 1), KEY, CacheScope.SHARED, entry(this.sealed));
	}

	@Property
	void whateverIsSealedAsCompressedIsAValueOrAMismatchButNothingElse(@ForAll byte[] deflated) {
		byte[] bytes = resealed(deflated);
		try {
			assertThat(open(bytes)).hasSize(ByteBuffer.wrap(deflated).getInt());
		}
		catch (EntryMismatchException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

	@Test
	void everyFlippedBitOfWhatIsCompressedIsNoticedOrInflatesWithinTheLimitThoughTheChecksumFits() {
		byte[] body = Arrays.copyOfRange(this.compressed, EntryEnvelope.HEADER, this.compressed.length);
		for (int bit = 0; bit < body.length * 8; bit++) {
			byte[] flipped = body.clone();
			flipped[bit / 8] ^= (byte) (1 << (bit % 8));
			try {
				assertThat(open(resealed(flipped))).hasSizeLessThanOrEqualTo(LIMIT);
			}
			catch (EntryMismatchException ex) {
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
	}

	@Test
	void aStoreMayMoveAndShortenTheTimesButNotLengthenThem() {
		Duration skew = Duration.ofHours(-3);
		assertThat(open(CREATED.plus(skew), FRESH.plus(skew), KEEP.plus(skew))).isNotNull();
		assertThat(open(CREATED, FRESH.minusSeconds(1), KEEP.minusSeconds(1))).isNotNull();
		assertMismatch(this.envelope, KEY, CacheScope.SHARED, entry(this.sealed, CREATED, FRESH.plusMillis(1), KEEP));
		assertMismatch(this.envelope, KEY, CacheScope.SHARED, entry(this.sealed, CREATED, FRESH, KEEP.plusMillis(1)));
		assertMismatch(this.envelope, KEY, CacheScope.SHARED,
				entry(this.sealed, CREATED, StoredEntry.NEVER, StoredEntry.NEVER));
	}

	private byte[] seal(byte[] value) {
		return this.envelope.seal(KEY, CacheScope.SHARED, new Instant[] { CREATED, FRESH, KEEP }, value);
	}

	private byte[] open(byte[] payload) {
		ByteBuffer value = this.envelope.open(KEY, CacheScope.SHARED, entry(payload));
		byte[] bytes = new byte[value.remaining()];
		value.get(bytes);
		return bytes;
	}

	private ByteBuffer open(Instant created, Instant fresh, Instant keep) {
		return this.envelope.open(KEY, CacheScope.SHARED, entry(this.sealed, created, fresh, keep));
	}

	/**
	 * What somebody makes who knows how, and lies about the length.
	 */
	private byte[] forged(int announced, byte[] value) {
		byte[] deflated = Deflation.deflate(value);
		ByteBuffer.wrap(deflated).putInt(announced);
		return resealed(deflated);
	}

	/**
	 * Put other content into a header that says it is compressed, with a checksum that
	 * fits.
	 */
	private byte[] resealed(byte[] content) {
		ByteBuffer buffer = ByteBuffer.allocate(EntryEnvelope.HEADER + content.length);
		buffer.put(this.compressed, 0, EntryEnvelope.HEADER - 8).putInt(content.length).putInt(0).put(content);
		CRC32C crc = new CRC32C();
		crc.update(buffer.array(), 0, EntryEnvelope.HEADER - 4);
		crc.update(content);
		return buffer.putInt(EntryEnvelope.HEADER - 4, (int) crc.getValue()).array();
	}

	private void assertMismatch(byte[] payload) {
		assertMismatch(this.envelope, KEY, CacheScope.SHARED, entry(payload));
	}

	private static void assertMismatch(EntryEnvelope envelope, Fingerprint key, Fingerprint scope, StoredEntry entry) {
		assertThatExceptionOfType(EntryMismatchException.class).isThrownBy(() -> envelope.open(key, scope, entry));
	}

	private static byte[] text(int length) {
		return "All work and no play makes Jack a dull boy. ".repeat(length)
			.substring(0, length)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static StoredEntry entry(byte[] payload) {
		return entry(payload, CREATED, FRESH, KEEP);
	}

	private static StoredEntry entry(byte[] payload, Instant created, Instant fresh, Instant keep) {
		return new StoredEntry(KEY, payload, created, fresh, keep, "bean", CacheScope.SHARED, Set.of(), null);
	}

}
