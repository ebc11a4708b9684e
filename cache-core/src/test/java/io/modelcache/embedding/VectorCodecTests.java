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
	void everyVectorComesBackBitByBit(@ForAll @Size(min = 1, max = 50) float[] components) {
		components[0] = 1;
		assertThat(this.codec.decode(ByteBuffer.wrap(this.codec.encode(components)))).containsExactly(components);
	}

	@Test
	void aComponentIsFourLittleEndianBytes() {
		assertThat(this.codec.encode(new float[] { 1.0f, -2.0f })).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
	}

	@Test
	void whatIsNoVectorIsRefused() {
		for (float[] unusable : new float[][] { {}, { 0, 0 }, { Float.NaN }, { 1, Float.POSITIVE_INFINITY } }) {
			assertThatExceptionOfType(UnstorableException.class).isThrownBy(() -> this.codec.encode(unusable));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decode(ByteBuffer.wrap(new byte[0])));
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decode(ByteBuffer.wrap(new byte[5])));
	}

}
