package io.modelcache.key;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Classes of every kind that an option may have.
 */
final class Specimen {

	static final String SECRET = "s3cret";

	private Specimen() {
	}

	static Object proxy() {
		InvocationHandler handler = (proxy, method, arguments) -> SECRET;
		return Proxy.newProxyInstance(Specimen.class.getClassLoader(), new Class<?>[] { Readable.class }, handler);
	}

	/**
	 * An enum with its own text.
	 */
	enum Color {

		RED, GREEN {

			@Override
			public String toString() {
				return "RED";
			}

		}

	}

	/**
	 * Another enum with a constant of the same name.
	 */
	enum Light {

		RED

	}

	/**
	 * A record.
	 */
	record Pair(@Nullable Object left, @Nullable Object right) {

		static final String STATIC = SECRET;

	}

	/**
	 * A record with the same components.
	 */
	record Couple(@Nullable Object left, @Nullable Object right) {

	}

	/**
	 * Something that can be read.
	 */
	interface Readable {

		String read();

	}

	/**
	 * A class that is walked: getters for all of its fields.
	 */
	static class Bean {

		private final @Nullable Object value;

		private final boolean isStrict;

		Bean(@Nullable Object value, boolean strict) {
			this.value = value;
			this.isStrict = strict;
		}

		public @Nullable Object getValue() {
			return this.value;
		}

		public boolean isStrict() {
			return this.isStrict;
		}

		@Override
		public String toString() {
			return "always the same";
		}

	}

	/**
	 * A class that is walked and adds to its parent.
	 */
	static final class Derived extends Bean {

		private final List<String> names;

		Derived(@Nullable Object value, List<String> names) {
			super(value, false);
			this.names = names;
		}

		public List<String> getNames() {
			return this.names;
		}

	}

	/**
	 * A lambda.
	 */
	static Readable lambda() {
		return () -> SECRET;
	}

	/**
	 * A class of which nothing can be seen.
	 */
	static final class Empty {

	}

	/**
	 * A class with a field that no getter shows.
	 */
	static final class Hiding {

		private final Object hidden;

		Hiding(Object hidden) {
			this.hidden = hidden;
		}

		Object unused() {
			return this.hidden;
		}

	}

	/**
	 * A class whose parent has a field that no getter shows.
	 */
	static final class HidingHeir extends HidingParent {

		HidingHeir(Object inherited) {
			super(inherited);
		}

	}

	/**
	 * The parent.
	 */
	static class HidingParent {

		protected Object inherited;

		HidingParent(Object inherited) {
			this.inherited = inherited;
		}

	}

	/**
	 * A class with a getter that says in other words what its field says.
	 */
	static final class Repeating {

		private final Map<String, Integer> map;

		Repeating(Map<String, Integer> map) {
			this.map = map;
		}

		public Map<String, Integer> getMap() {
			return this.map;
		}

		public String getText() {
			return this.map.toString();
		}

	}

	/**
	 * A class whose getter fails.
	 */
	static final class Failing {

		public String getValue() {
			throw new IllegalStateException(SECRET);
		}

	}

	/**
	 * A class whose getter fails with a checked exception.
	 */
	static final class FailingChecked {

		public String getValue() throws Exception {
			throw new Exception(SECRET);
		}

	}

	/**
	 * A class of a library with a text of its own.
	 */
	static final class Foreign {

		private final String text;

		Foreign(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * A class of a library whose text cannot be had.
	 */
	static final class ForeignFailing {

		@Override
		public String toString() {
			throw new IllegalStateException(SECRET);
		}

	}

	/**
	 * A class of a library without a text.
	 */
	static final class Opaque {

		private final String value = SECRET;

		String unused() {
			return this.value;
		}

	}

	/**
	 * A number of a library without a text.
	 */
	static final class OpaqueNumber extends Number {

		private static final long serialVersionUID = 1L;

		@Override
		public int intValue() {
			return 1;
		}

		@Override
		public long longValue() {
			return 1;
		}

		@Override
		public float floatValue() {
			return 1;
		}

		@Override
		public double doubleValue() {
			return 1;
		}

	}

}
