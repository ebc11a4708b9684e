package io.modelcache.embedding;

import java.nio.ByteBuffer;

import io.modelcache.UnstorableException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link VectorCodec}.
 */
class VectorCodecTests {

	private final VectorCodec codec = new VectorCodec();

	@Property
	void everyVectorComesBackBitByBit(@ForAll @Size(min = 1, max = 50) float[] components, @ForAll long source) {
		components[0] = 1;
		Vector vector = this.codec.decode(ByteBuffer.wrap(this.codec.encode(new Vector(components, source))));
		assertThat(vector.values()).containsExactly(components);
		assertThat(vector.source()).isEqualTo(source);
	}

	@Test
	void theSmallestAndTheLargestNumbersAreFine() {
		for (float component : new float[] { Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE }) {
			assertThat(this.codec.encode(new Vector(new float[] { 0, component }, 1))).hasSize(16);
		}
	}

	@Test
	void aComponentIsFourLittleEndianBytesAfterEightOfTheSource() {
		assertThat(this.codec.encode(new Vector(new float[] { 1.0f, -2.0f }, 0x0102L))).containsExactly(2, 1, 0, 0, 0,
				0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
	}

	@Test
	void whatIsNoVectorIsRefused() {
		for (float[] unusable : new float[][] { {}, { 0, 0 }, { -0.0f }, { Float.NaN }, { Float.intBitsToFloat(-1), 1 },
				{ 1, Float.POSITIVE_INFINITY }, { Float.NEGATIVE_INFINITY, 1 } }) {
			assertThatExceptionOfType(UnstorableException.class)
				.isThrownBy(() -> this.codec.encode(new Vector(unusable, 1)));
		}
		for (int length : new int[] { 0, 5, 7, 8, 9, 13 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decode(ByteBuffer.wrap(new byte[length])));
		}
	}

}
