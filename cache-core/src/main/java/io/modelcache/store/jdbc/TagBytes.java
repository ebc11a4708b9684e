package io.modelcache.store.jdbc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tags of an entry as one value, each with its length in front.
 */
final class TagBytes {

	private TagBytes() {
	}

	static byte @Nullable [] encode(Set<String> tags) {
		if (tags.isEmpty()) {
			return null;
		}
		List<byte[]> texts = tags.stream().map((tag) -> tag.getBytes(StandardCharsets.UTF_8)).toList();
		ByteBuffer buffer = ByteBuffer.allocate(texts.stream().mapToInt((text) -> Short.BYTES + text.length).sum());
		texts.forEach((text) -> buffer.putShort((short) text.length).put(text));
		return buffer.array();
	}

	/**
	 * Read the tags.
	 * @throws BufferUnderflowException if the last one is longer than what is left
	 * @throws IllegalArgumentException if a length is negative
	 */
	static Set<String> decode(byte @Nullable [] bytes) {
		if (bytes == null) {
			return Set.of();
		}
		Set<String> tags = new HashSet<>();
		for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining();) {
			short length = buffer.getShort();
			if (length < 0) {
				throw new IllegalArgumentException("The length of a tag is negative");
			}
			byte[] text = new byte[length];
			buffer.get(text);
			tags.add(new String(text, StandardCharsets.UTF_8));
		}
		return tags;
	}

}
