package io.modelcache.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Named, typed, length-prefixed fields on their way into a digest.
 * <p>
 * The form is injective: two sequences of fields give the same bytes only if they are
 * equal. Every field is written as a type tag, the length and bytes of its name and its
 * value, which has a fixed length or carries its length in front; groups are closed by a
 * tag of their own. No two fields can therefore run into each other, whatever their
 * content. A field whose value is {@code null} is left out, so that an option that a
 * later version of a library adds leaves the keys alone until somebody sets it.
 * <p>
 * Text is written without loss, unpaired surrogates included, in segments of Latin-1 or
 * UTF-16. Integers are written as 64 bits whatever their Java type, floating-point
 * numbers as the bits of a {@code double}.
 * <p>
 * An instance is used once, by one thread: write the fields, then ask for the
 * {@link #fingerprint()}.
 */
public final class CanonicalForm {

	/**
	 * The version of this encoding; it is the first thing in every form.
	 */
	static final int VERSION = 1;

	private static final int BUFFER_SIZE = 512;

	private static final int SHORT = 64;

	private final KeyHash keyHash;

	private final MessageDigest digest;

	private final byte[] buffer;

	private @Nullable TextEncoder encoder;

	private @Nullable FormParts parts;

	private int position;

	private int depth;

	private boolean flushed;

	private boolean finished;

	private CanonicalForm(KeyHash keyHash, byte[] buffer) {
		this.keyHash = keyHash;
		this.digest = keyHash.start();
		this.buffer = buffer;
	}

	/**
	 * Start a form whose fingerprint is made without a secret.
	 * @param kind what the form is about, such as {@code chat}: forms of different kinds
	 * never have the same fingerprint
	 * @param version the version of the fields that follow
	 * @return the form
	 */
	public static CanonicalForm of(String kind, int version) {
		return of(KeyHash.SHA_256, kind, version);
	}

	static CanonicalForm of(KeyHash keyHash, String kind, int version) {
		return new CanonicalForm(keyHash, new byte[BUFFER_SIZE]).integer("form", VERSION)
			.text("kind", kind)
			.integer("version", version);
	}

	/**
	 * Note the parts that are written from now on.
	 * @param noted where to note them
	 * @return this form
	 */
	public CanonicalForm noting(FormParts noted) {
		this.parts = noted;
		return this;
	}

	/**
	 * Write a text.
	 * @param name the name of the field
	 * @param value the text
	 * @return this form
	 */
	public CanonicalForm text(String name, @Nullable String value) {
		if (value != null) {
			header(Tag.TEXT, name);
			characters(value);
			if (this.parts != null) {
				this.parts.text(this.keyHash, name, value);
			}
		}
		return this;
	}

	/**
	 * Write an integer.
	 * @param name the name of the field
	 * @param value the number
	 * @return this form
	 */
	public CanonicalForm integer(String name, long value) {
		header(Tag.INTEGER, name);
		fixed(value);
		if (this.parts != null) {
			this.parts.number(this.keyHash, name, value);
		}
		return this;
	}

	/**
	 * Write a floating-point number.
	 * @param name the name of the field
	 * @param value the number; {@code 0.0} and {@code -0.0} differ
	 * @return this form
	 */
	public CanonicalForm decimal(String name, double value) {
		header(Tag.DECIMAL, name);
		fixed(Double.doubleToLongBits(value));
		if (this.parts != null) {
			this.parts.number(this.keyHash, name, Double.doubleToLongBits(value));
		}
		return this;
	}

	/**
	 * Write a truth value.
	 * @param name the name of the field
	 * @param value the value
	 * @return this form
	 */
	public CanonicalForm flag(String name, boolean value) {
		header(value ? Tag.TRUE : Tag.FALSE, name);
		if (this.parts != null) {
			this.parts.number(this.keyHash, name, value ? 1 : 0);
		}
		return this;
	}

	/**
	 * Write bytes.
	 * @param name the name of the field
	 * @param value the bytes
	 * @return this form
	 */
	public CanonicalForm bytes(String name, byte @Nullable [] value) {
		if (value != null) {
			header(Tag.BYTES, name);
			length(value.length);
			raw(value);
			if (this.parts != null) {
				this.parts.bytes(this.keyHash, name, value);
			}
		}
		return this;
	}

	/**
	 * Write the fingerprint of another form.
	 * @param name the name of the field
	 * @param value the fingerprint
	 * @return this form
	 */
	public CanonicalForm fingerprint(String name, Fingerprint value) {
		header(Tag.FINGERPRINT, name);
		fixed(value.first());
		fixed(value.second());
		fixed(value.third());
		fixed(value.fourth());
		if (this.parts != null) {
			this.parts.note(name, value);
		}
		return this;
	}

	/**
	 * Open a group of fields; {@link #end()} closes it.
	 * @param name the name of the group
	 * @return this form
	 */
	public CanonicalForm begin(String name) {
		header(Tag.BEGIN, name);
		this.depth++;
		if (this.parts != null) {
			this.parts.begin(name);
		}
		return this;
	}

	/**
	 * Close the group that was opened last.
	 * @return this form
	 * @throws IllegalStateException if no group is open
	 */
	public CanonicalForm end() {
		if (this.depth == 0) {
			throw new IllegalStateException("No group is open");
		}
		this.depth--;
		reserve(1);
		this.buffer[this.position++] = Tag.END;
		if (this.parts != null) {
			this.parts.end();
		}
		return this;
	}

	/**
	 * Close the form.
	 * @return the digest of everything that was written
	 * @throws IllegalStateException if a group is still open or the form was closed
	 * before
	 */
	public Fingerprint fingerprint() {
		if (this.depth != 0) {
			throw new IllegalStateException("%d groups are still open".formatted(this.depth));
		}
		requireUnfinished();
		this.finished = true;
		flush();
		return this.keyHash.finish(this.digest);
	}

	/**
	 * Make many forms that start with the fields that were written so far. This saves
	 * work and memory, for they share their buffers: each must have its fingerprint
	 * before the next is started.
	 * @return starts one form after the other; for use by one thread
	 * @throws IllegalStateException if too much was written, or a group is open
	 */
	public Supplier<CanonicalForm> series() {
		requireUnfinished();
		if (this.flushed || this.depth != 0) {
			throw new IllegalStateException("A series starts with a few whole fields");
		}
		byte[] start = Arrays.copyOf(this.buffer, this.position);
		TextEncoder shared = new TextEncoder();
		return () -> {
			CanonicalForm form = new CanonicalForm(this.keyHash, this.buffer);
			System.arraycopy(start, 0, form.buffer, 0, start.length);
			form.position = start.length;
			form.encoder = shared;
			return form;
		};
	}

	/**
	 * Return the hash, for forms whose fingerprints become fields of this one.
	 */
	KeyHash keyHash() {
		return this.keyHash;
	}

	private void header(byte tag, String name) {
		requireUnfinished();
		reserve(1);
		this.buffer[this.position++] = tag;
		characters(name);
	}

	private void characters(String text) {
		length(text.length());
		if (!text.isEmpty() && !writeShort(text)) {
			writeLong(text);
		}
	}

	private void length(int value) {
		reserve(5);
		int rest = value;
		while ((rest & ~0x7f) != 0) {
			this.buffer[this.position++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.buffer[this.position++] = (byte) rest;
	}

	private void fixed(long value) {
		reserve(Long.BYTES);
		for (int shift = 56; shift >= 0; shift -= 8) {
			this.buffer[this.position++] = (byte) (value >>> shift);
		}
	}

	private boolean writeShort(String text) {
		if (text.length() > SHORT) {
			return false;
		}
		reserve(1 + SHORT);
		int end = TextEncoder.writeShort(text, this.buffer, this.position);
		this.position = Math.max(this.position, end);
		return end > 0;
	}

	private void writeLong(String text) {
		if (this.encoder == null) {
			this.encoder = new TextEncoder();
		}
		flush();
		this.encoder.write(text, this.digest);
	}

	private void raw(byte[] value) {
		if (value.length > BUFFER_SIZE / 2) {
			flush();
			this.digest.update(value);
			return;
		}
		reserve(value.length);
		System.arraycopy(value, 0, this.buffer, this.position, value.length);
		this.position += value.length;
	}

	private void reserve(int bytes) {
		if (this.position + bytes > this.buffer.length) {
			flush();
		}
	}

	private void requireUnfinished() {
		if (this.finished) {
			throw new IllegalStateException("This form has its fingerprint already");
		}
	}

	private void flush() {
		this.flushed = true;
		this.digest.update(this.buffer, 0, this.position);
		this.position = 0;
	}

	/**
	 * The type of a field, first byte of its encoding.
	 */
	private static final class Tag {

		static final byte END = 0;

		static final byte TEXT = 1;

		static final byte INTEGER = 2;

		static final byte DECIMAL = 3;

		static final byte FALSE = 4;

		static final byte TRUE = 5;

		static final byte BYTES = 6;

		static final byte FINGERPRINT = 7;

		static final byte BEGIN = 8;

	}

}
