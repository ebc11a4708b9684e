package io.modelcache.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Writes any object that has a faithful representation into a {@link CanonicalForm}, and
 * refuses every other.
 * <p>
 * Accepted are, in this order: types with a {@linkplain Builder#writer writer} of their
 * own; JDK scalars, enums and arrays; {@link java.util.Optional}s, maps and collections;
 * {@linkplain Builder#walk walked} classes and records, property by property, with the
 * fields that no getter shows; and, as a last resort, classes that override
 * {@code toString()}, by their name and that text. The text of a JDK or Spring class is
 * not trusted for that, since it is made for people: that of a {@link java.util.Date} has
 * no milliseconds, that of a {@link java.util.regex.Pattern} no flags and that of an
 * in-memory resource no content. Everything else, lambdas and proxies among them, is
 * refused with the path of the field.
 * <p>
 * Maps and sets are written in a fixed order, keys of a map with their type. Immutable
 * and safe for use by several threads.
 */
public final class ObjectForm {

	private static final int MAX_DEPTH = 32;

	private final Map<Class<?>, Writer<Object>> writers;

	private final Set<String> excluded;

	private final List<Exclusion> exclusions;

	private final Predicate<Class<?>> walked;

	private final Predicate<Class<?>> transparent;

	private final ClassValue<ObjectShape> shapes = new ClassValue<>() {

		@Override
		protected ObjectShape computeValue(Class<?> type) {
			return shapeOf(type);
		}

	};

	private final ClassValue<ObjectShape> beans = new ClassValue<>() {

		@Override
		protected ObjectShape computeValue(Class<?> type) {
			return ObjectShape.properties(type, PropertyReader.of(type, exclusions(type), ObjectForm.this.transparent));
		}

	};

	private final ClassValue<Map<Class<?>, ObjectShape>> additions = new ClassValue<>() {

		@Override
		protected Map<Class<?>, ObjectShape> computeValue(Class<?> type) {
			return new ConcurrentHashMap<>();
		}

	};

	private ObjectForm(Builder builder) {
		this.writers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.writers));
		this.excluded = Set.copyOf(builder.excluded);
		this.exclusions = List.copyOf(builder.exclusions);
		this.walked = builder.walked;
		this.transparent = builder.transparent;
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
		ObjectShape shape;
		try {
			shape = this.beans.get(bean.getClass());
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(name);
		}
		shape.write(this, form, name, bean, 0);
	}

	/**
	 * Write what the class of an object adds to an ancestor whose properties are written
	 * already: its name and its own properties; nothing if the ancestor is its class.
	 * @param form the form to write into
	 * @param name the name of the group
	 * @param bean the object
	 * @param ancestor a superclass of its class
	 * @throws UnrepresentableException if a property has no faithful representation
	 */
	public void writeAdded(CanonicalForm form, String name, Object bean, Class<?> ancestor) {
		Class<?> type = bean.getClass();
		if (type != ancestor) {
			this.additions.get(type)
				.computeIfAbsent(ancestor, (key) -> ObjectShape.properties(type, PropertyReader.added(type, key)))
				.write(this, form, name, bean, 0);
		}
	}

	void write(CanonicalForm form, String name, @Nullable Object value, int depth) {
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
		ObjectShape shape;
		try {
			shape = this.shapes.get(value.getClass());
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(name);
		}
		try {
			shape.write(this, form, name, value, depth);
		}
		catch (UnrepresentableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new UnrepresentableException(name, "reading it fails with " + ex.getClass().getName());
		}
	}

	private ObjectShape shapeOf(Class<?> type) {
		for (Map.Entry<Class<?>, Writer<Object>> entry : this.writers.entrySet()) {
			if (entry.getKey().isAssignableFrom(type)) {
				return (self, form, name, value, depth) -> entry.getValue().write(form, name, value);
			}
		}
		ObjectShape shape = ObjectShape.ofJdk(type);
		if (shape != null) {
			return shape;
		}
		if (!type.isHidden() && !type.isSynthetic() && this.walked.test(type)) {
			return this.beans.get(type);
		}
		return type.isRecord() ? ObjectShape.properties(type, PropertyReader.of(type, Set.of(), (owner) -> false))
				: ObjectShape.ofForeign(type);
	}

	private Set<String> exclusions(Class<?> type) {
		Set<String> all = new HashSet<>(this.excluded);
		for (Exclusion exclusion : this.exclusions) {
			if (exclusion.owner().isAssignableFrom(type)) {
				all.add(exclusion.name());
			}
		}
		return all;
	}

	/**
	 * A property of one type that is left out.
	 */
	private record Exclusion(Class<?> owner, String name) {

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

		private final List<Exclusion> exclusions = new ArrayList<>();

		private Set<String> excluded = Set.of();

		private Predicate<Class<?>> walked = (type) -> false;

		private Predicate<Class<?>> transparent = (type) -> false;

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
		 * Leave properties out, because they cannot change an answer or are secret. A
		 * record that is not walked is content and keeps all its components.
		 * @param names the names of the properties, on every walked class and on every
		 * object that is written {@linkplain ObjectForm#writeProperties by its
		 * properties}
		 * @return this builder
		 */
		public Builder exclude(Set<String> names) {
			this.excluded = names;
			return this;
		}

		/**
		 * Leave a property of one type out.
		 * @param owner the type; its subtypes are meant as well
		 * @param name the name of the property
		 * @return this builder
		 */
		public Builder exclude(Class<?> owner, String name) {
			this.exclusions.add(new Exclusion(owner, name));
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
		 * Leave out getters that only repeat in other words what fields say, such as that
		 * of a list as JSON.
		 * @param types says in which classes a getter without a field of its name is one
		 * of these
		 * @return this builder
		 */
		public Builder transparent(Predicate<Class<?>> types) {
			this.transparent = types;
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
