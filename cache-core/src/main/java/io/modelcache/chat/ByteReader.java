package io.modelcache.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote, and trusts no length that it reads.
 */
final class ByteReader {

	private final byte[] bytes;

	private final int end;

	private int position;

	/**
	 * Read the rest of a buffer.
	 * @param buffer the buffer, backed by an array
	 */
	ByteReader(ByteBuffer buffer) {
		this.bytes = buffer.array();
		this.position = buffer.arrayOffset() + buffer.position();
		this.end = buffer.arrayOffset() + buffer.limit();
	}

	int read() {
		if (this.position >= this.end) {
			throw new IllegalArgumentException("The bytes end too early");
		}
		return this.bytes[this.position++];
	}

	long number() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			int next = read();
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
		if (value < 0 || value > this.end - this.position) {
			throw new IllegalArgumentException("More is announced than there is");
		}
		return (int) value;
	}

	byte[] array() {
		int length = count();
		int start = this.position;
		this.position += length;
		return Arrays.copyOfRange(this.bytes, start, start + length);
	}

	@Nullable String text() {
		int how = read();
		return switch (how) {
			case ByteWriter.Text.NULL -> null;
			case ByteWriter.Text.UTF_8 -> utf8();
			case ByteWriter.Text.UTF_16 -> utf16();
			case ByteWriter.Text.COMMON -> CommonTexts.text(read());
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

	/**
	 * Make sure that everything was read.
	 */
	void end() {
		if (this.position != this.end) {
			throw new IllegalArgumentException("%d bytes are left over".formatted(this.end - this.position));
		}
	}

	private String utf8() {
		int length = count();
		int start = this.position;
		this.position += length;
		return new String(this.bytes, start, length, StandardCharsets.UTF_8);
	}

	private String utf16() {
		char[] chars = new char[count()];
		for (int i = 0; i < chars.length; i++) {
			chars[i] = (char) number();
		}
		return new String(chars);
	}

}
