package io.modelcache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Makes large values smaller: the length of the value (4 bytes, big-endian), then the
 * value by DEFLATE (RFC 1951) at its fastest level.
 */
final class Deflation {

	/**
	 * Less than an eighth of the size saved is not worth the time of every hit.
	 */
	private static final int LEAST_SHARE_SAVED = 8;

	private Deflation() {
	}

	/**
	 * Deflate a value.
	 * @return the bytes, or {@code null} if they would hardly be fewer
	 */
	static byte @Nullable [] deflate(byte[] value) {
		byte[] bytes = new byte[value.length - value.length / LEAST_SHARE_SAVED];
		ByteBuffer.wrap(bytes).putInt(value.length);
		Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
		try {
			deflater.setInput(value);
			deflater.finish();
			int length = Integer.BYTES + deflater.deflate(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
			return deflater.finished() ? Arrays.copyOf(bytes, length) : null;
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Inflate what {@link #deflate} made. No more memory is taken than the bytes
	 * announce, and nothing is inflated that announces too much.
	 * @param bytes bytes of which the last ones are the deflated value
	 * @param offset where it begins
	 * @param limit how large the value may be
	 * @throws EntryMismatchException if it is larger, or has another length than it
	 * announces, or is not whole
	 */
	static byte[] inflate(byte[] bytes, int offset, long limit) {
		int announced = (bytes.length - offset >= Integer.BYTES) ? ByteBuffer.wrap(bytes).getInt(offset) : -1;
		if (announced < 0 || announced > limit) {
			throw new EntryMismatchException("it announces too much or too little");
		}
		int start = offset + Integer.BYTES;
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(bytes, start, bytes.length - start);
			byte[] value = new byte[announced];
			int length = inflater.inflate(value);
			boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
			if (more || length != announced || !inflater.finished() || inflater.getRemaining() > 0) {
				throw new EntryMismatchException("its length is not what it announces");
			}
			return value;
		}
		catch (DataFormatException ex) {
			throw new EntryMismatchException("it cannot be inflated");
		}
		finally {
			inflater.end();
		}
	}

}
