package io.modelcache.store.redis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes an entry as the value of a key, and reads it back.
 * <p>
 * Big-endian: version (1 byte), length of what comes before the question (4), times of
 * creation, freshness and retention by the server's clock (8 each), scope (32), bean,
 * number of tags (2), tags, question, payload. A label is written after its length (2), a
 * question after its length (4) or -1.
 */
final class EntryCodec {

	/**
	 * How many bytes tell the length of the labels.
	 */
	static final int PREAMBLE = 1 + Integer.BYTES;

	private static final byte VERSION = 1;

	private static final Fingerprint NO_SCOPE = new Fingerprint(0, 0, 0, 0);

	private static final int NO_QUESTION = -1;

	private EntryCodec() {
	}

	/**
	 * Write an entry.
	 * @param offset how far the server's clock is ahead of this JVM's
	 */
	static byte[] write(StoredEntry entry, long offset) {
		byte[] bean = entry.bean().getBytes(UTF_8);
		byte[][] tags = entry.tags().stream().map((tag) -> tag.getBytes(UTF_8)).toArray(byte[][]::new);
		byte[] question = (entry.question() != null) ? entry.question().getBytes(UTF_8) : null;
		int labels = PREAMBLE + 3 * Long.BYTES + Fingerprint.BYTES + Short.BYTES + bean.length + Short.BYTES;
		for (byte[] tag : tags) {
			labels += Short.BYTES + tag.length;
		}
		int length = labels + Integer.BYTES + ((question != null) ? question.length : 0) + entry.payload().length;
		ByteBuffer buffer = ByteBuffer.allocate(length).put(VERSION).putInt(labels);
		for (Instant time : new Instant[] { entry.createdAt(), entry.freshUntil(), entry.keepUntil() }) {
			buffer.putLong(moved(time.toEpochMilli(), offset));
		}
		entry.scope().write(buffer);
		buffer.putShort((short) bean.length).put(bean).putShort((short) tags.length);
		for (byte[] tag : tags) {
			buffer.putShort((short) tag.length).put(tag);
		}
		if (question != null) {
			buffer.putInt(question.length).put(question);
		}
		else {
			buffer.putInt(NO_QUESTION);
		}
		return buffer.put(entry.payload()).array();
	}

	/**
	 * Read an entry. Bytes that are none come back as the payload of an entry that
	 * belongs to nobody, so that whoever asked for it rejects, counts and evicts it.
	 */
	static StoredEntry read(Fingerprint fingerprint, byte[] bytes, long offset) {
		try {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			StoredEntry labels = labels(fingerprint, buffer, offset);
			int length = buffer.getInt();
			String question = (length != NO_QUESTION) ? text(buffer, length) : null;
			byte[] payload = new byte[buffer.remaining()];
			buffer.get(payload);
			return new StoredEntry(fingerprint, payload, labels.createdAt(), labels.freshUntil(), labels.keepUntil(),
					labels.bean(), labels.scope(), labels.tags(), question);
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return unreadable(fingerprint, bytes);
		}
	}

	/**
	 * Read an entry without its question and its payload.
	 * @param bytes the beginning of the value
	 * @return the entry, or {@code null} if the beginning is too short
	 */
	static @Nullable StoredEntry readLabels(Fingerprint fingerprint, byte[] bytes, long offset) {
		if (bytes.length >= PREAMBLE && bytes.length < ByteBuffer.wrap(bytes).getInt(1)) {
			return null;
		}
		try {
			return labels(fingerprint, ByteBuffer.wrap(bytes), offset);
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return unreadable(fingerprint, bytes);
		}
	}

	/**
	 * Return a label as it is written in an entry.
	 */
	static byte[] label(String text) {
		byte[] bytes = text.getBytes(UTF_8);
		return ByteBuffer.allocate(Short.BYTES + bytes.length).putShort((short) bytes.length).put(bytes).array();
	}

	private static StoredEntry labels(Fingerprint fingerprint, ByteBuffer buffer, long offset) {
		if (buffer.get() != VERSION) {
			throw new IllegalArgumentException("The version is another one");
		}
		buffer.getInt();
		Instant created = time(buffer, offset);
		Instant fresh = time(buffer, offset);
		Instant keep = time(buffer, offset);
		Fingerprint scope = Fingerprint.read(buffer);
		String bean = text(buffer, buffer.getShort());
		Set<String> tags = new HashSet<>();
		for (int left = buffer.getShort(); left > 0; left--) {
			tags.add(text(buffer, buffer.getShort()));
		}
		return new StoredEntry(fingerprint, new byte[0], created, fresh, keep, bean, scope, tags, null);
	}

	private static StoredEntry unreadable(Fingerprint fingerprint, byte[] bytes) {
		return new StoredEntry(fingerprint, bytes, Instant.EPOCH, StoredEntry.NEVER, StoredEntry.NEVER, "", NO_SCOPE,
				Set.of(), null);
	}

	private static String text(ByteBuffer buffer, int length) {
		if (length < 0 || length > buffer.remaining()) {
			throw new IllegalArgumentException("A text is longer than the entry");
		}
		byte[] bytes = new byte[length];
		buffer.get(bytes);
		return new String(bytes, UTF_8);
	}

	private static Instant time(ByteBuffer buffer, long offset) {
		return Instant.ofEpochMilli(moved(buffer.getLong(), -offset));
	}

	private static long moved(long time, long by) {
		return (time == Long.MAX_VALUE) ? time : time + by;
	}

}
