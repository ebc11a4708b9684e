package io.modelcache.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote, and trusts no length that it reads.
 */
final class ByteReader {

	private final ByteBuffer buffer;

	ByteReader(ByteBuffer buffer) {
		this.buffer = buffer;
	}

	int read() {
		return this.buffer.get();
	}

	long number() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			byte next = this.buffer.get();
			value |= (next & 0x7fL) << shift;
			if (next >= 0) {
				return (value >>> 1) ^ -(value & 1);
			}
		}
		throw new IllegalArgumentException("A number has more than 64 bits");
	}

	/**
	 * Read the number of things that follow, each of at least one byte.
	 */
	int count() {
		long value = number();
		if (value < 0 || value > this.buffer.remaining()) {
			throw new IllegalArgumentException("More is announced than there is");
		}
		return (int) value;
	}

	byte[] array() {
		byte[] value = new byte[count()];
		this.buffer.get(value);
		return value;
	}

	@Nullable String text() {
		int how = read();
		return switch (how) {
			case ByteWriter.Text.NULL -> null;
			case ByteWriter.Text.UTF_8 -> utf8();
			case ByteWriter.Text.UTF_16 -> utf16();
			default -> throw new IllegalArgumentException("Unknown kind of text: " + how);
		};
	}

	String requiredText() {
		String value = text();
		if (value == null) {
			throw new IllegalArgumentException("A text is missing");
		}
		return value;
	}

	void end() {
		if (this.buffer.hasRemaining()) {
			throw new IllegalArgumentException("%d bytes are left over".formatted(this.buffer.remaining()));
		}
	}

	private String utf8() {
		int length = count();
		int start = this.buffer.position();
		this.buffer.position(start + length);
		return new String(this.buffer.array(), this.buffer.arrayOffset() + start, length, StandardCharsets.UTF_8);
	}

	private String utf16() {
		char[] chars = new char[count()];
		for (int i = 0; i < chars.length; i++) {
			chars[i] = (char) number();
		}
		return new String(chars);
	}

}
