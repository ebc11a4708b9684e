package io.modelcache.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The properties of one class in the order of their names: what its getters or record
 * components show, and every field that none of them shows, for it could change the
 * answer unseen.
 */
final class PropertyReader {

	private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

	private final Class<?> type;

	private final @Nullable Class<?> ancestor;

	private final Set<String> excluded;

	private final Predicate<Class<?>> transparent;

	private final Map<String, Property> found = new TreeMap<>();

	private final Set<String> readable = new HashSet<>();

	private PropertyReader(Class<?> type, @Nullable Class<?> ancestor, Set<String> excluded,
			Predicate<Class<?>> transparent) {
		this.type = type;
		this.ancestor = ancestor;
		this.excluded = excluded;
		this.transparent = transparent;
	}

	/**
	 * Find the properties of a class.
	 * @param type the class
	 * @param excluded the names that are left out
	 * @param transparent says of which classes a getter without a field of its name only
	 * repeats what fields say
	 * @return the properties
	 * @throws UnrepresentableException if there is nothing to be seen of the class, as
	 * where reflection is restricted
	 */
	static List<Property> of(Class<?> type, Set<String> excluded, Predicate<Class<?>> transparent) {
		PropertyReader reader = new PropertyReader(type, null, excluded, transparent);
		reader.search();
		if (reader.readable.isEmpty() && !type.isRecord()) {
			throw new UnrepresentableException("class", "nothing can be seen of class %s".formatted(type.getName()));
		}
		return List.copyOf(reader.found.values());
	}

	/**
	 * Find the properties that a class adds to those of an ancestor.
	 * @param type the class
	 * @param ancestor the ancestor
	 * @return the properties
	 */
	static List<Property> added(Class<?> type, Class<?> ancestor) {
		PropertyReader reader = new PropertyReader(type, ancestor, Set.of(), (owner) -> false);
		reader.search();
		return List.copyOf(reader.found.values());
	}

	private void search() {
		List<Field> fields = fields();
		Set<String> names = fields.stream().map(PropertyReader::propertyName).collect(Collectors.toSet());
		fields.forEach((field) -> names.add(field.getName()));
		Stream.of(this.type.getMethods())
			.filter((method) -> isOwn(method.getDeclaringClass()))
			.sorted(Comparator.comparing(Method::getName))
			.forEach((method) -> addGetter(method, names));
		fields.forEach(this::addHidden);
	}

	private List<Field> fields() {
		List<Field> fields = new ArrayList<>();
		for (Class<?> level = this.type; level != null && isOwn(level); level = level.getSuperclass()) {
			Stream.of(level.getDeclaredFields())
				.filter((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
				.forEach(fields::add);
		}
		return fields;
	}

	private boolean isOwn(Class<?> declaring) {
		return declaring != Object.class && (this.ancestor == null || !declaring.isAssignableFrom(this.ancestor));
	}

	private void addGetter(Method method, Set<String> fields) {
		String name = propertyName(method);
		if (name != null && (fields.contains(name) || !this.transparent.test(method.getDeclaringClass()))) {
			this.readable.add(name);
			if (!this.excluded.contains(name)) {
				this.found.merge(name, getter(name, method), PropertyReader::moreSpecific);
			}
		}
	}

	private void addHidden(Field field) {
		String name = field.getName();
		if (this.readable.contains(name) || this.readable.contains(propertyName(field))) {
			return;
		}
		this.readable.add(name);
		if (!this.excluded.contains(name)) {
			this.found.put(name, field(name, field));
		}
	}

	private @Nullable String propertyName(Method method) {
		if (Modifier.isStatic(method.getModifiers()) || method.getParameterCount() != 0 || method.isBridge()
				|| method.getReturnType() == void.class) {
			return null;
		}
		String name = method.getName();
		if (this.type.isRecord()) {
			return isComponent(name) ? name : null;
		}
		if (isPrefixed(name, "get")) {
			return decapitalize(name.substring(3));
		}
		boolean truth = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
		return (truth && isPrefixed(name, "is")) ? decapitalize(name.substring(2)) : null;
	}

	private boolean isComponent(String name) {
		return Arrays.stream(this.type.getRecordComponents()).map(RecordComponent::getName).anyMatch(name::equals);
	}

	/**
	 * The field of a truth value may be called after its getter.
	 */
	private static String propertyName(Field field) {
		String name = field.getName();
		return isPrefixed(name, "is") ? decapitalize(name.substring(2)) : name;
	}

	private static Property moreSpecific(Property one, Property other) {
		return one.type().isAssignableFrom(other.type()) ? other : one;
	}

	private static boolean isPrefixed(String name, String prefix) {
		return name.length() > prefix.length() && name.startsWith(prefix);
	}

	private static String decapitalize(String name) {
		return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
	}

	private static Property getter(String name, Method method) {
		try {
			if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
				method.setAccessible(true);
			}
			return new Property(name, method.getReturnType(), MethodHandles.publicLookup().unreflect(method));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new UnrepresentableException(name, "its getter is not accessible");
		}
	}

	private static Property field(String name, Field field) {
		try {
			field.setAccessible(true);
			return new Property(name, field.getType(), MethodHandles.publicLookup().unreflectGetter(field));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new UnrepresentableException(name,
					"class %s has no getter for it".formatted(field.getDeclaringClass().getName()));
		}
	}

	/**
	 * One property and the way to read it.
	 */
	static final class Property {

		private final String name;

		private final Class<?> type;

		private final MethodHandle handle;

		Property(String name, Class<?> type, MethodHandle handle) {
			this.name = name;
			this.type = type;
			this.handle = handle.asType(GETTER);
		}

		String name() {
			return this.name;
		}

		Class<?> type() {
			return this.type;
		}

		@Nullable Object read(Object bean) {
			try {
				return this.handle.invokeExact(bean);
			}
			catch (Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new UnrepresentableException(this.name, "its getter fails with " + ex.getClass().getName());
			}
		}

	}

}
