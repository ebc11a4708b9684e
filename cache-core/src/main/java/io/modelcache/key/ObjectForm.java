package io.modelcache.key;

import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Writes any object that has a faithful representation into a {@link CanonicalForm}, and
 * refuses every other.
 * <p>
 * Accepted are, in this order: types with a {@linkplain Builder#writer writer} of their
 * own; JDK scalars, enums and arrays; {@link Optional}s, maps and collections; records
 * and {@linkplain Builder#walk walked} classes, property by property; and, as a last
 * resort, classes that override {@code toString()}, by their name and that text. The text
 * of a JDK or Spring class is not trusted for that, since it is made for people: that of
 * a {@link java.util.Date} has no milliseconds, that of a {@link java.util.regex.Pattern}
 * no flags and that of an in-memory resource no content. Everything else, lambdas and
 * proxies among them, is refused with the path of the field.
 * <p>
 * Maps and sets are written in a fixed order, keys of a map with their type. Immutable
 * and safe for use by several threads.
 */
public final class ObjectForm {

	private static final int MAX_DEPTH = 32;

	private static final Set<Class<?>> TEXTUAL = Set.of(BigDecimal.class, BigInteger.class, UUID.class, URI.class,
			URL.class, Locale.class, Character.class, StringBuilder.class, StringBuffer.class, OptionalInt.class,
			OptionalLong.class, OptionalDouble.class);

	/**
	 * Packages whose texts are made for people.
	 */
	private static final List<String> UNTRUSTED = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.",
			"org.springframework.");

	private final Map<Class<?>, Writer<Object>> writers;

	private final Set<String> excluded;

	private final Predicate<Class<?>> walked;

	private final ClassValue<Shape> shapes = new ClassValue<>() {

		@Override
		protected Shape computeValue(Class<?> type) {
			return shapeOf(type);
		}

	};

	private final ClassValue<PropertyReader> readers = new ClassValue<>() {

		@Override
		protected PropertyReader computeValue(Class<?> type) {
			return PropertyReader.of(type, ObjectForm.this.excluded);
		}

	};

	private ObjectForm(Builder builder) {
		this.writers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.writers));
		this.excluded = Set.copyOf(builder.excluded);
		this.walked = builder.walked;
	}

	/**
	 * Start with nothing excluded and no class walked but records.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Write a value.
	 * @param form the form to write into
	 * @param name the name of the field
	 * @param value the value; {@code null} writes nothing
	 * @throws UnrepresentableException if the value, or one inside it, has no faithful
	 * representation
	 */
	public void write(CanonicalForm form, String name, @Nullable Object value) {
		write(form, name, value, 0);
	}

	/**
	 * Write an object property by property, whatever its class.
	 * @param form the form to write into
	 * @param name the name of the group
	 * @param bean the object
	 * @throws UnrepresentableException if a property has no faithful representation
	 */
	public void writeProperties(CanonicalForm form, String name, Object bean) {
		writeProperties(form, name, bean, 0);
	}

	private void write(CanonicalForm form, String name, @Nullable Object value, int depth) {
		if (value == null) {
			return;
		}
		if (depth > MAX_DEPTH) {
			throw new UnrepresentableException(name, "it is nested more than %d levels deep".formatted(MAX_DEPTH));
		}
		if (value instanceof String text) {
			form.text(name, text);
		}
		else if (value instanceof Boolean truth) {
			form.flag(name, truth);
		}
		else if (value instanceof Double || value instanceof Float) {
			form.decimal(name, ((Number) value).doubleValue());
		}
		else if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
			form.integer(name, ((Number) value).longValue());
		}
		else {
			writeObject(form, name, value, depth);
		}
	}

	private void writeObject(CanonicalForm form, String name, Object value, int depth) {
		try {
			this.shapes.get(value.getClass()).write(this, form, name, value, depth);
		}
		catch (UnrepresentableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new UnrepresentableException(name, "reading it fails with " + ex.getClass().getName());
		}
	}

	private Shape shapeOf(Class<?> type) {
		Writer<Object> writer = writerFor(type);
		if (writer != null) {
			return (self, form, name, value, depth) -> writer.write(form, name, value);
		}
		if (Enum.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> constant(form, name, (Enum<?>) value);
		}
		if (type == byte[].class) {
			return (self, form, name, value, depth) -> form.bytes(name, (byte[]) value);
		}
		if (type.isArray()) {
			return (self, form, name, value, depth) -> self.elements(form, name, listOf(value), depth);
		}
		if (isTextual(type)) {
			return (self, form, name, value, depth) -> typed(form, name, type.getName(), value.toString());
		}
		return shapeOfStructure(type);
	}

	private Shape shapeOfStructure(Class<?> type) {
		if (type == Optional.class) {
			return (self, form, name, value, depth) -> self.write(form, name, ((Optional<?>) value).orElse(null),
					depth + 1);
		}
		if (Map.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> self.entries(form, name, (Map<?, ?>) value, depth);
		}
		if (Set.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> self.unordered(form, name, (Set<?>) value, depth);
		}
		if (Collection.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> self.elements(form, name, (Collection<?>) value, depth);
		}
		if (type.isRecord() || this.walked.test(type)) {
			return (self, form, name, value, depth) -> self.writeProperties(form, name, value, depth);
		}
		return shapeOfForeign(type);
	}

	private static Shape shapeOfForeign(Class<?> type) {
		if (hasOwnText(type)) {
			return (self, form, name, value, depth) -> typed(form, name, type.getName(), value.toString());
		}
		return (self, form, name, value, depth) -> {
			throw new UnrepresentableException(name, "%s has neither properties nor a text to rely on"
				.formatted(type.isHidden() || type.isSynthetic() ? "a lambda" : type.getName()));
		};
	}

	private void writeProperties(CanonicalForm form, String name, Object bean, int depth) {
		form.begin(name);
		form.text("class", bean.getClass().getName());
		try {
			for (PropertyReader.Property property : this.readers.get(bean.getClass()).properties()) {
				write(form, property.name(), property.read(bean), depth + 1);
			}
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(name);
		}
		form.end();
	}

	private void nested(CanonicalForm form, String parent, String name, @Nullable Object value, int depth) {
		try {
			write(form, name, value, depth + 1);
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(parent);
		}
	}

	private void elements(CanonicalForm form, String name, Collection<?> values, int depth) {
		form.begin(name).integer("size", values.size());
		int index = 0;
		for (Object value : values) {
			nested(form, name, Integer.toString(index++), value, depth);
		}
		form.end();
	}

	private void unordered(CanonicalForm form, String name, Set<?> values, int depth) {
		List<Fingerprint> members = new ArrayList<>(values.size());
		for (Object value : values) {
			CanonicalForm member = CanonicalForm.of("member", 1);
			nested(member, name, "member", value, depth);
			members.add(member.fingerprint());
		}
		Collections.sort(members);
		form.begin(name).text("kind", "set");
		members.forEach((member) -> form.fingerprint("member", member));
		form.end();
	}

	private void entries(CanonicalForm form, String name, Map<?, ?> map, int depth) {
		Map<String, Map.Entry<?, ?>> sorted = new TreeMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (sorted.put(keyText(name, entry.getKey()), new SimpleImmutableEntry<>(entry)) != null) {
				throw new UnrepresentableException(name, "two of its keys have the same text");
			}
		}
		form.begin(name).text("kind", "map");
		for (Map.Entry<?, ?> entry : sorted.values()) {
			nested(form, name, "key", entry.getKey(), depth);
			nested(form, name, "value", entry.getValue(), depth);
		}
		form.end();
	}

	private static String keyText(String name, @Nullable Object key) {
		if (key instanceof Enum<?> constant) {
			return constant.name();
		}
		if (key instanceof String || key instanceof Number || key instanceof Boolean) {
			return key.toString();
		}
		throw new UnrepresentableException(name, "a key of this map is neither text nor number");
	}

	private static void constant(CanonicalForm form, String name, Enum<?> value) {
		typed(form, name, value.getDeclaringClass().getName(), value.name());
	}

	private static void typed(CanonicalForm form, String name, String type, String text) {
		form.begin(name).text("class", type).text("text", text).end();
	}

	private @Nullable Writer<Object> writerFor(Class<?> type) {
		for (Map.Entry<Class<?>, Writer<Object>> entry : this.writers.entrySet()) {
			if (entry.getKey().isAssignableFrom(type)) {
				return entry.getValue();
			}
		}
		return null;
	}

	private static boolean isTextual(Class<?> type) {
		return TEXTUAL.contains(type) || Charset.class.isAssignableFrom(type) || ZoneId.class.isAssignableFrom(type)
				|| (type.getName().startsWith("java.time.")
						&& (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type)));
	}

	private static boolean hasOwnText(Class<?> type) {
		if (type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type)) {
			return false;
		}
		try {
			String author = type.getMethod("toString").getDeclaringClass().getName();
			return UNTRUSTED.stream().noneMatch(author::startsWith);
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	private static List<@Nullable Object> listOf(Object array) {
		List<@Nullable Object> list = new ArrayList<>(Array.getLength(array));
		for (int i = 0; i < Array.getLength(array); i++) {
			list.add(Array.get(array, i));
		}
		return list;
	}

	/**
	 * How the objects of one class are written.
	 */
	private interface Shape {

		void write(ObjectForm self, CanonicalForm form, String name, Object value, int depth);

	}

	/**
	 * Writes objects of one type.
	 *
	 * @param <T> the type
	 */
	@FunctionalInterface
	public interface Writer<T> {

		/**
		 * Write one object as exactly one field or group of the given name.
		 * @param form the form to write into
		 * @param name the name of the field
		 * @param value the object
		 */
		void write(CanonicalForm form, String name, T value);

	}

	/**
	 * Collects what an {@link ObjectForm} needs to know about its classes.
	 */
	public static final class Builder {

		private final Map<Class<?>, Writer<Object>> writers = new LinkedHashMap<>();

		private Set<String> excluded = Set.of();

		private Predicate<Class<?>> walked = (type) -> false;

		private Builder() {
		}

		/**
		 * Write all objects of a type by a writer.
		 * @param type the type
		 * @param writer its writer
		 * @param <T> the type
		 * @return this builder
		 */
		public <T> Builder writer(Class<T> type, Writer<? super T> writer) {
			this.writers.put(type, (form, name, value) -> writer.write(form, name, type.cast(value)));
			return this;
		}

		/**
		 * Leave properties out, because they cannot change an answer or are secret.
		 * @param names the names of the properties, on every class
		 * @return this builder
		 */
		public Builder exclude(Set<String> names) {
			this.excluded = names;
			return this;
		}

		/**
		 * Write the objects of some classes property by property.
		 * @param types says which classes
		 * @return this builder
		 */
		public Builder walk(Predicate<Class<?>> types) {
			this.walked = types;
			return this;
		}

		/**
		 * Build the form.
		 * @return the form
		 */
		public ObjectForm build() {
			return new ObjectForm(this);
		}

	}

}
