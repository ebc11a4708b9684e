package io.modelcache.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * How both spikes keep the tags of an entry beside its payload, so that they are read
 * with it.
 */
final class SpikeTags {

	private SpikeTags() {
	}

	static byte[] encode(Set<String> tags) {
		ByteBuffer buffer = ByteBuffer.allocate(tags.size() * (Short.BYTES + 3 * StoredEntry.MAX_LABEL));
		for (String tag : tags) {
			byte[] utf8 = tag.getBytes(StandardCharsets.UTF_8);
			buffer.putShort((short) utf8.length).put(utf8);
		}
		byte[] bytes = new byte[buffer.position()];
		buffer.get(0, bytes);
		return bytes;
	}

	static Set<String> decode(byte[] bytes) {
		Set<String> tags = new HashSet<>();
		for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining();) {
			byte[] utf8 = new byte[buffer.getShort()];
			buffer.get(utf8);
			tags.add(new String(utf8, StandardCharsets.UTF_8));
		}
		return tags;
	}

}
