package io.modelcache.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of an answer into a growing array.
 */
final class ByteWriter {

	private byte[] bytes = new byte[512];

	private int position;

	void write(int oneByte) {
		reserve(1);
		this.bytes[this.position++] = (byte) oneByte;
	}

	/**
	 * Write a whole number in as few bytes as its magnitude needs.
	 */
	void number(long value) {
		reserve(10);
		long rest = (value << 1) ^ (value >> 63);
		while ((rest & ~0x7fL) != 0) {
			this.bytes[this.position++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.position++] = (byte) rest;
	}

	void array(byte[] value) {
		number(value.length);
		reserve(value.length);
		System.arraycopy(value, 0, this.bytes, this.position, value.length);
		this.position += value.length;
	}

	/**
	 * Write a text, of which {@code null} is a value of its own. A text with an unpaired
	 * surrogate, which UTF-8 would lose, is written as UTF-16.
	 */
	void text(@Nullable String value) {
		if (value == null) {
			write(Text.NULL);
			return;
		}
		Integer common = CommonTexts.numberOf(value);
		if (common != null) {
			write(Text.COMMON);
			write(common);
			return;
		}
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		if (value.equals(new String(utf8, StandardCharsets.UTF_8))) {
			write(Text.UTF_8);
			array(utf8);
			return;
		}
		write(Text.UTF_16);
		number(value.length());
		value.chars().forEach(this::number);
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.position);
	}

	private void reserve(int count) {
		if (this.position + count > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.position + count));
		}
	}

	/**
	 * How a text is written.
	 */
	static final class Text {

		static final int NULL = 0;

		static final int UTF_8 = 1;

		static final int UTF_16 = 2;

		static final int COMMON = 3;

	}

}
