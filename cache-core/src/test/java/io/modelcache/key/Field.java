package io.modelcache.key;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A field of a canonical form as a value, to compare what was written with what is read
 * back.
 */
sealed interface Field {

	String name();

	/**
	 * Write this field by the form under test.
	 * @param form the form
	 */
	void writeTo(CanonicalForm form);

	static CanonicalForm write(CanonicalForm form, List<Field> fields) {
		fields.forEach((field) -> field.writeTo(form));
		return form;
	}

	/**
	 * A text.
	 */
	record Text(String name, String value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.text(this.name, this.value);
		}

	}

	/**
	 * An integer.
	 */
	record Whole(String name, long value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.integer(this.name, this.value);
		}

	}

	/**
	 * A floating-point number.
	 */
	record Decimal(String name, double value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.decimal(this.name, this.value);
		}

	}

	/**
	 * A truth value.
	 */
	record Flag(String name, boolean value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.flag(this.name, this.value);
		}

	}

	/**
	 * Bytes.
	 */
	record Bytes(String name, byte[] value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.bytes(this.name, this.value);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return (other instanceof Bytes that) && this.name.equals(that.name)
					&& Arrays.equals(this.value, that.value);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name, Arrays.hashCode(this.value));
		}

	}

	/**
	 * The fingerprint of another form.
	 */
	record Digest(String name, Fingerprint value) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			form.fingerprint(this.name, this.value);
		}

	}

	/**
	 * A group of fields.
	 */
	record Group(String name, List<Field> fields) implements Field {

		@Override
		public void writeTo(CanonicalForm form) {
			write(form.begin(this.name), this.fields).end();
		}

	}

}
