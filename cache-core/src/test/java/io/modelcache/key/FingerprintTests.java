package io.modelcache.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Fingerprint}.
 */
class FingerprintTests {

	@Property
	void theWholeDigestIsKept(@ForAll @Size(Fingerprint.BYTES) byte[] digest) {
		Fingerprint fingerprint = Fingerprint.of(digest);
		assertThat(fingerprint.toBytes()).isEqualTo(digest);
		assertThat(fingerprint.toHex()).isEqualTo(HexFormat.of().formatHex(digest));
		assertThat(Fingerprint.fromHex(fingerprint.toHex())).isEqualTo(fingerprint).hasSameHashCodeAs(fingerprint);
	}

	@Property
	void everyBitCounts(@ForAll @Size(Fingerprint.BYTES) byte[] digest) {
		for (int bit = 0; bit < Fingerprint.BYTES * 8; bit++) {
			byte[] other = digest.clone();
			other[bit / 8] ^= (byte) (1 << (bit % 8));
			assertThat(Fingerprint.of(other)).isNotEqualTo(Fingerprint.of(digest));
		}
	}

	@Property
	void theOrderIsThatOfTheUnsignedBytes(@ForAll @Size(Fingerprint.BYTES) byte[] some,
			@ForAll @Size(Fingerprint.BYTES) byte[] other) {
		int order = Integer.signum(Fingerprint.of(some).compareTo(Fingerprint.of(other)));
		assertThat(order).isEqualTo(Integer.signum(Arrays.compareUnsigned(some, other)))
			.isEqualTo(Integer.signum(HexFormat.of().formatHex(some).compareTo(HexFormat.of().formatHex(other))));
	}

	@Example
	void everyPartOfTheDigestTakesPartInTheOrder() {
		Fingerprint zero = new Fingerprint(0, 0, 0, 0);
		assertThat(zero).isLessThan(new Fingerprint(0, 0, 0, 1)).isEqualByComparingTo(new Fingerprint(0, 0, 0, 0));
		assertThat(new Fingerprint(0, 0, 0, -1)).isLessThan(new Fingerprint(0, 0, 1, 0));
		assertThat(new Fingerprint(0, 0, -1, 0)).isLessThan(new Fingerprint(0, 1, 0, 0));
		assertThat(new Fingerprint(0, -1, 0, 0)).isLessThan(new Fingerprint(1, 0, 0, 0));
	}

	@Example
	void severalAreWrittenIntoOneBufferAndReadAgain() {
		Fingerprint first = new Fingerprint(1, -2, 3, -4);
		Fingerprint second = new Fingerprint(5, 6, 7, 8);
		ByteBuffer buffer = ByteBuffer.allocate(2 * Fingerprint.BYTES);
		first.write(buffer);
		second.write(buffer);
		buffer.flip();
		assertThat(Fingerprint.read(buffer)).isEqualTo(first);
		assertThat(Fingerprint.read(buffer)).isEqualTo(second);
	}

	@Example
	void onlyTheIdIsShown() {
		Fingerprint fingerprint = Fingerprint.fromHex("0123456789abcdef".repeat(4));
		assertThat(fingerprint).hasToString("0123456789ab");
		assertThat(fingerprint.id()).isEqualTo("0123456789ab");
	}

	@Example
	void anyOtherLengthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(new byte[31]));
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(new byte[33]));
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.fromHex(""));
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.fromHex("0123456789ab"));
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.fromHex("g".repeat(64)));
	}

}
