package io.modelcache.store.redis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The messages about removals: a version, a kind, and either fingerprints or a selector.
 * <p>
 * The age in a selector is left out, since it is in terms of one JVM's clock; that says
 * too much, which is allowed, rather than too little.
 */
final class RemovalNews {

	private static final byte VERSION = 1;

	private static final byte CLEARED = 0;

	private static final byte EVICTED = 1;

	private static final byte REPLACED = 2;

	private static final byte UNSET = -1;

	private static final int LABEL = Short.BYTES + 3 * StoredEntry.MAX_LABEL;

	private RemovalNews() {
	}

	static byte[] evicted(Collection<Fingerprint> fingerprints) {
		return removed(EVICTED, fingerprints);
	}

	static byte[] replaced(Collection<Fingerprint> fingerprints) {
		return removed(REPLACED, fingerprints);
	}

	private static byte[] removed(byte kind, Collection<Fingerprint> fingerprints) {
		ByteBuffer buffer = ByteBuffer.allocate(2 + fingerprints.size() * Fingerprint.BYTES).put(VERSION).put(kind);
		fingerprints.forEach((fingerprint) -> fingerprint.write(buffer));
		return buffer.array();
	}

	static byte[] cleared(Selector selector) {
		ByteBuffer buffer = ByteBuffer.allocate(2 + 3 * LABEL).put(VERSION).put(CLEARED);
		write(buffer, (selector.bean() != null) ? selector.bean().getBytes(UTF_8) : null);
		write(buffer, (selector.scope() != null) ? selector.scope().toBytes() : null);
		write(buffer, (selector.tag() != null) ? selector.tag().getBytes(UTF_8) : null);
		byte[] bytes = new byte[buffer.position()];
		buffer.get(0, bytes);
		return bytes;
	}

	/**
	 * Tell a listener what a message says. One that nobody here could have written is
	 * news that was missed.
	 */
	static void read(byte[] message, RemovalListener listener) {
		ByteBuffer buffer = ByteBuffer.wrap(message);
		try {
			byte kind = (buffer.get() == VERSION) ? buffer.get() : UNSET;
			switch (kind) {
				case CLEARED -> listener.cleared(selector(buffer));
				case EVICTED -> listener.removed(fingerprints(buffer), RemovalCause.EVICTED);
				case REPLACED -> listener.removed(fingerprints(buffer), RemovalCause.REPLACED);
				default -> listener.missed();
			}
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			listener.missed();
		}
	}

	private static List<Fingerprint> fingerprints(ByteBuffer buffer) {
		List<Fingerprint> fingerprints = new ArrayList<>();
		while (buffer.hasRemaining()) {
			fingerprints.add(Fingerprint.read(buffer));
		}
		return fingerprints;
	}

	private static Selector selector(ByteBuffer buffer) {
		byte[] bean = read(buffer);
		byte[] scope = read(buffer);
		byte[] tag = read(buffer);
		return new Selector((bean != null) ? new String(bean, UTF_8) : null,
				(scope != null) ? Fingerprint.of(scope) : null, (tag != null) ? new String(tag, UTF_8) : null, null);
	}

	private static void write(ByteBuffer buffer, byte @Nullable [] value) {
		buffer.putShort((value != null) ? (short) value.length : (short) UNSET);
		if (value != null) {
			buffer.put(value);
		}
	}

	private static byte @Nullable [] read(ByteBuffer buffer) {
		short length = buffer.getShort();
		if (length == UNSET) {
			return null;
		}
		if (length < 0 || length > buffer.remaining()) {
			throw new IllegalArgumentException("A label is longer than the message");
		}
		byte[] value = new byte[length];
		buffer.get(value);
		return value;
	}

}
