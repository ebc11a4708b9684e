package io.modelcache.key;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A 256-bit digest of a {@link CanonicalForm}: the key of a cache entry.
 * <p>
 * The digest is never truncated. {@link #toString()} shows the {@linkplain #id() key id}
 * only, which is short enough for a log line and too short to be used as a key. Instances
 * are immutable and safe for use by several threads.
 *
 * @param first bits 0 to 63, most significant first
 * @param second bits 64 to 127
 * @param third bits 128 to 191
 * @param fourth bits 192 to 255
 */
public record Fingerprint(long first, long second, long third, long fourth) implements Comparable<Fingerprint> {

	/**
	 * The length of a fingerprint in bytes.
	 */
	public static final int BYTES = 32;

	private static final int ID_LENGTH = 12;

	private static final HexFormat HEX = HexFormat.of();

	/**
	 * Read a fingerprint from a digest.
	 * @param digest exactly {@value #BYTES} bytes
	 * @return the fingerprint
	 * @throws IllegalArgumentException if the length is another one
	 */
	public static Fingerprint of(byte[] digest) {
		if (digest.length != BYTES) {
			throw new IllegalArgumentException("A fingerprint has %d bytes, not %d".formatted(BYTES, digest.length));
		}
		return read(ByteBuffer.wrap(digest));
	}

	/**
	 * Read a fingerprint from the next {@value #BYTES} bytes of a buffer.
	 * @param buffer the buffer, big-endian, whose position moves on
	 * @return the fingerprint
	 * @throws java.nio.BufferUnderflowException if fewer bytes remain
	 */
	public static Fingerprint read(ByteBuffer buffer) {
		return new Fingerprint(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
	}

	/**
	 * Read a fingerprint from the form that {@link #toHex()} writes.
	 * @param hex 64 hexadecimal digits
	 * @return the fingerprint
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static Fingerprint fromHex(String hex) {
		return of(HEX.parseHex(hex));
	}

	/**
	 * Write this fingerprint into the next {@value #BYTES} bytes of a buffer.
	 * @param buffer the buffer, big-endian, whose position moves on
	 * @throws java.nio.BufferOverflowException if fewer bytes remain
	 */
	public void write(ByteBuffer buffer) {
		buffer.putLong(this.first).putLong(this.second).putLong(this.third).putLong(this.fourth);
	}

	/**
	 * Return the digest.
	 * @return a new array of {@value #BYTES} bytes
	 */
	public byte[] toBytes() {
		ByteBuffer buffer = ByteBuffer.allocate(BYTES);
		write(buffer);
		return buffer.array();
	}

	/**
	 * Return the whole digest as text, for stores whose keys are text.
	 * @return 64 lower-case hexadecimal digits
	 */
	public String toHex() {
		return HEX.formatHex(toBytes());
	}

	/**
	 * Return the key id that may be shown to people.
	 * @return the first 12 hexadecimal digits
	 */
	public String id() {
		return HEX.toHexDigits(this.first).substring(0, ID_LENGTH);
	}

	/**
	 * Compare in the order of the unsigned digest, which is also that of
	 * {@link #toHex()}.
	 */
	@Override
	public int compareTo(Fingerprint other) {
		int result = Long.compareUnsigned(this.first, other.first);
		if (result == 0) {
			result = Long.compareUnsigned(this.second, other.second);
		}
		if (result == 0) {
			result = Long.compareUnsigned(this.third, other.third);
		}
		return (result != 0) ? result : Long.compareUnsigned(this.fourth, other.fourth);
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.first);
	}

	@Override
	public String toString() {
		return id();
	}

}
