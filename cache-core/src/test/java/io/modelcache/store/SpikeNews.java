package io.modelcache.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The messages of the Redis spike: a cause and fingerprints, or a selector. The age in a
 * selector is left out, since it is in terms of one JVM's clock; that says too much,
 * which is allowed, rather than too little.
 */
final class SpikeNews {

	private static final byte CLEARED = -1;

	private SpikeNews() {
	}

	static byte[] removed(Collection<Fingerprint> fingerprints, RemovalCause cause) {
		ByteBuffer buffer = ByteBuffer.allocate(1 + fingerprints.size() * Fingerprint.BYTES);
		buffer.put((byte) cause.ordinal());
		fingerprints.forEach((fingerprint) -> fingerprint.write(buffer));
		return buffer.array();
	}

	static byte[] cleared(Selector selector) {
		ByteBuffer buffer = ByteBuffer.allocate(2000).put(CLEARED);
		write(buffer, (selector.bean() != null) ? selector.bean().getBytes(UTF_8) : null);
		write(buffer, (selector.scope() != null) ? selector.scope().toBytes() : null);
		write(buffer, (selector.tag() != null) ? selector.tag().getBytes(UTF_8) : null);
		byte[] bytes = new byte[buffer.position()];
		buffer.get(0, bytes);
		return bytes;
	}

	static void read(byte[] message, RemovalListener listener) {
		ByteBuffer buffer = ByteBuffer.wrap(message);
		byte kind = buffer.get();
		if (kind == CLEARED) {
			byte[] bean = read(buffer);
			byte[] scope = read(buffer);
			byte[] tag = read(buffer);
			listener.cleared(new Selector((bean != null) ? new String(bean, UTF_8) : null,
					(scope != null) ? Fingerprint.of(scope) : null, (tag != null) ? new String(tag, UTF_8) : null,
					null));
			return;
		}
		List<Fingerprint> fingerprints = new ArrayList<>();
		while (buffer.hasRemaining()) {
			fingerprints.add(Fingerprint.read(buffer));
		}
		listener.removed(fingerprints, RemovalCause.values()[kind]);
	}

	private static void write(ByteBuffer buffer, byte @Nullable [] value) {
		buffer.putShort((short) ((value != null) ? value.length : -1));
		if (value != null) {
			buffer.put(value);
		}
	}

	private static byte @Nullable [] read(ByteBuffer buffer) {
		short length = buffer.getShort();
		if (length < 0) {
			return null;
		}
		byte[] value = new byte[length];
		buffer.get(value);
		return value;
	}

}
