package io.modelcache.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Writes text into a digest without loss and without a copy of the whole text.
 * <p>
 * A text is cut into segments of {@value #SEGMENT} characters, the last one shorter. A
 * segment is one byte that names its encoding, then its characters: in Latin-1 if all of
 * them are below 256, else in UTF-16, little-endian. The bytes thus depend on nothing but
 * the characters, unpaired surrogates included. Both encodings are copies that the JVM
 * does with vector instructions; UTF-8 is not, and costs more than the digest itself.
 */
final class TextEncoder {

	static final int SEGMENT = 512;

	private static final byte LATIN_1 = 1;

	private static final byte UTF_16 = 2;

	private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();

	private final CharBuffer characters = CharBuffer.allocate(SEGMENT);

	private final ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * SEGMENT).order(ByteOrder.LITTLE_ENDIAN);

	/**
	 * Write a whole text.
	 * @param text the text
	 * @param digest where to write
	 */
	void write(String text, MessageDigest digest) {
		int length = text.length();
		for (int start = 0; start < length; start += SEGMENT) {
			int end = Math.min(start + SEGMENT, length);
			text.getChars(start, end, this.characters.array(), 0);
			this.characters.clear().limit(end - start);
			digest.update(this.bytes.array(), 0, encode());
		}
	}

	private int encode() {
		this.bytes.clear().put(LATIN_1);
		this.latin1.encode(this.characters, this.bytes, false);
		if (!this.characters.hasRemaining()) {
			return this.bytes.position();
		}
		this.characters.rewind();
		this.bytes.clear().put(UTF_16).asCharBuffer().put(this.characters);
		return 1 + 2 * this.characters.limit();
	}

	/**
	 * Write a text of one segment, if it is Latin-1, character by character, which is the
	 * fastest for a short one.
	 * @param text the text
	 * @param target where to write
	 * @param position where in the target to begin
	 * @return where the segment ends, or -1 if it needs another encoding
	 */
	static int writeShort(String text, byte[] target, int position) {
		int end = position + 1 + text.length();
		target[position] = LATIN_1;
		for (int i = position + 1; i < end; i++) {
			char c = text.charAt(i - position - 1);
			if (c > 0xff) {
				return -1;
			}
			target[i] = (byte) c;
		}
		return end;
	}

}
