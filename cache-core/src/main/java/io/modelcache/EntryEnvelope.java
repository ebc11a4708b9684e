package io.modelcache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * The header in front of every stored value, by which an entry proves itself whose it is
 * and that it is whole, however the store found it.
 * <p>
 * Big-endian: magic number, version, flags and value format (one byte each), fingerprint
 * (32 bytes), first half of the scope's digest (16), the times of creation, freshness and
 * retention (8 each, in milliseconds), length of what follows (4) and the CRC-32C of all
 * that and of what follows (4). What follows is the value, or, if the one flag is set,
 * the value's own length (4) and the value {@linkplain Deflation deflated}.
 */
final class EntryEnvelope {

	static final int HEADER = 84;

	private static final byte MAGIC = 0x4d;

	private static final byte VERSION = 1;

	private static final byte PLAIN = 0;

	private static final byte DEFLATED = 1;

	private static final int CHECKSUM = HEADER - Integer.BYTES;

	/**
	 * Below this size there is little to save, and a hit would feel it.
	 */
	private static final int COMPRESSION_THRESHOLD = 4096;

	private final byte format;

	private final boolean compressing;

	private final long limit;

	/**
	 * Create an envelope.
	 * @param format the format of the values
	 * @param compressing whether large values are compressed
	 * @param limit the size in bytes above which a value is not accepted
	 */
	EntryEnvelope(byte format, boolean compressing, long limit) {
		this.format = format;
		this.compressing = compressing;
		this.limit = limit;
	}

	byte[] seal(Fingerprint fingerprint, Fingerprint scope, Instant[] times, byte[] value) {
		byte[] deflated = (this.compressing && value.length >= COMPRESSION_THRESHOLD) ? Deflation.deflate(value) : null;
		byte[] content = (deflated != null) ? deflated : value;
		ByteBuffer buffer = ByteBuffer.allocate(HEADER + content.length);
		buffer.put(MAGIC).put(VERSION).put((deflated != null) ? DEFLATED : PLAIN).put(this.format);
		fingerprint.write(buffer);
		buffer.putLong(scope.first()).putLong(scope.second());
		for (Instant time : times) {
			buffer.putLong(time.toEpochMilli());
		}
		buffer.putInt(content.length).putInt(0).put(content);
		return buffer.putInt(CHECKSUM, checksum(buffer.array())).array();
	}

	/**
	 * Check the header of an entry.
	 * @return the value
	 * @throws EntryMismatchException if the entry is not the one asked for
	 */
	ByteBuffer open(Fingerprint fingerprint, Fingerprint scope, StoredEntry entry) {
		byte[] bytes = entry.payload();
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		byte flags;
		try {
			require(buffer.get() == MAGIC && buffer.get() == VERSION, "its format is another one");
			flags = buffer.get();
			require((flags == PLAIN || flags == DEFLATED) && buffer.get() == this.format, "its format is another one");
			require(Fingerprint.read(buffer).equals(fingerprint), "it belongs to another fingerprint");
			require(buffer.getLong() == scope.first() && buffer.getLong() == scope.second()
					&& entry.scope().equals(scope), "it belongs to another scope");
			require(isWithin(buffer.getLong(), buffer.getLong(), buffer.getLong(), entry), "its times were changed");
			require(buffer.getInt() == bytes.length - HEADER, "its length is another one");
			require(buffer.getInt() == checksum(bytes), "its checksum is wrong");
		}
		catch (BufferUnderflowException ex) {
			throw new EntryMismatchException("it is too short");
		}
		if (flags == DEFLATED) {
			return ByteBuffer.wrap(Deflation.inflate(bytes, HEADER, this.limit));
		}
		require(bytes.length - HEADER <= this.limit, "it is too large");
		return buffer.slice();
	}

	/**
	 * A store may move the times to another clock and may shorten, never lengthen, them.
	 */
	private static boolean isWithin(long created, long fresh, long keep, StoredEntry entry) {
		return isWithin(created, fresh, entry.createdAt(), entry.freshUntil())
				&& isWithin(created, keep, entry.createdAt(), entry.keepUntil());
	}

	private static boolean isWithin(long from, long to, Instant start, Instant end) {
		return to == Long.MAX_VALUE
				|| (!StoredEntry.NEVER.equals(end) && Duration.between(start, end).toMillis() <= to - from);
	}

	private static int checksum(byte[] bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, 0, CHECKSUM);
		crc.update(bytes, HEADER, bytes.length - HEADER);
		return (int) crc.getValue();
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new EntryMismatchException(otherwise);
		}
	}

}
