package io.modelcache.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.modelcache.UnstorableException;
import io.modelcache.ValueCodec;

/**
 * Turns a vector into the digest of the model that gave it (8 bytes) and 32-bit floats,
 * all little-endian, and back, without loss.
 * <p>
 * A vector that no search could use, because it is empty, is all zeros or holds something
 * that is not a number, is not stored.
 */
final class VectorCodec implements ValueCodec<Vector> {

	private static final byte FORMAT = 2;

	private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

	@Override
	public byte format() {
		return FORMAT;
	}

	@Override
	public boolean compressible() {
		return false;
	}

	@Override
	public byte[] encode(Vector vector) {
		float[] values = vector.values();
		if (!isUsable(values)) {
			throw new UnstorableException("unusable-vector");
		}
		ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + values.length * Float.BYTES)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putLong(vector.source());
		bytes.asFloatBuffer().put(values);
		return bytes.array();
	}

	@Override
	public Vector decode(ByteBuffer bytes) {
		int length = bytes.remaining() - Long.BYTES;
		if (length <= 0 || length % Float.BYTES != 0) {
			throw new IllegalArgumentException("%d bytes are no vector".formatted(bytes.remaining()));
		}
		ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
		long source = ordered.getLong();
		float[] values = new float[length / Float.BYTES];
		ordered.asFloatBuffer().get(values);
		return new Vector(values, source);
	}

	/**
	 * Tell whether all components are finite and one is not zero, without a branch for
	 * each: the largest of their magnitudes tells both, for as bits they are in the order
	 * of their values, with infinity and what is not a number above all others.
	 */
	private static boolean isUsable(float[] values) {
		int largest = 0;
		for (float component : values) {
			largest = Math.max(largest, Float.floatToRawIntBits(component) & Integer.MAX_VALUE);
		}
		return largest > 0 && largest < INFINITE;
	}

}
