package io.modelcache.chat.semantic;

import java.nio.ByteBuffer;

import io.modelcache.ValueCodec;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link KnownWording} into bytes and back: both fingerprints (32 bytes each),
 * version and similarity (8 each), then the vector as big-endian floats, if there is one.
 */
final class WordingCodec implements ValueCodec<KnownWording> {

	private static final byte FORMAT = 3;

	private static final int FIXED = 2 * Fingerprint.BYTES + Long.BYTES + Double.BYTES;

	@Override
	public byte format() {
		return FORMAT;
	}

	@Override
	public boolean compressible() {
		return false;
	}

	@Override
	public byte[] encode(KnownWording wording) {
		float[] vector = wording.vector();
		ByteBuffer bytes = ByteBuffer.allocate(FIXED + ((vector != null) ? vector.length * Float.BYTES : 0));
		wording.partition().write(bytes);
		wording.answer().write(bytes);
		bytes.putLong(wording.version()).putDouble(wording.similarity());
		if (vector != null) {
			bytes.asFloatBuffer().put(vector);
		}
		return bytes.array();
	}

	@Override
	public KnownWording decode(ByteBuffer bytes) {
		Fingerprint partition = Fingerprint.read(bytes);
		Fingerprint answer = Fingerprint.read(bytes);
		long version = bytes.getLong();
		double similarity = bytes.getDouble();
		if (bytes.remaining() % Float.BYTES != 0) {
			throw new IllegalArgumentException("%d bytes are no vector".formatted(bytes.remaining()));
		}
		return new KnownWording(partition, answer, version, similarity, vector(bytes));
	}

	private static float @Nullable [] vector(ByteBuffer bytes) {
		if (!bytes.hasRemaining()) {
			return null;
		}
		float[] vector = new float[bytes.remaining() / Float.BYTES];
		bytes.asFloatBuffer().get(vector);
		return vector;
	}

}
