package io.modelcache.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.modelcache.UnstorableException;
import io.modelcache.ValueCodec;

/**
 * Turns a vector into little-endian 32-bit floats and back, without loss.
 * <p>
 * A vector that no search could use, because it is empty, is all zeros or holds something
 * that is not a number, is not stored.
 */
final class VectorCodec implements ValueCodec<float[]> {

	private static final byte FORMAT = 2;

	@Override
	public byte format() {
		return FORMAT;
	}

	@Override
	public byte[] encode(float[] vector) {
		if (!isUsable(vector)) {
			throw new UnstorableException("unusable-vector");
		}
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return bytes.array();
	}

	@Override
	public float[] decode(ByteBuffer bytes) {
		if (!bytes.hasRemaining() || bytes.remaining() % Float.BYTES != 0) {
			throw new IllegalArgumentException("%d bytes are no vector".formatted(bytes.remaining()));
		}
		float[] vector = new float[bytes.remaining() / Float.BYTES];
		bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
		return vector;
	}

	private static boolean isUsable(float[] vector) {
		boolean zero = true;
		for (float component : vector) {
			if (!Float.isFinite(component)) {
				return false;
			}
			zero = zero && component == 0;
		}
		return !zero;
	}

}
