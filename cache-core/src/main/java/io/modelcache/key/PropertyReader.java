package io.modelcache.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The readable properties of one class, by getter or record component, in the order of
 * their names.
 */
final class PropertyReader {

	private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

	private final List<Property> properties;

	private PropertyReader(List<Property> properties) {
		this.properties = properties;
	}

	/**
	 * Find the properties of a class.
	 * @param type the class
	 * @param excluded the names that are left out
	 * @return the reader
	 * @throws UnrepresentableException if the class has a field that no getter shows, for
	 * it could change the answer unseen
	 */
	static PropertyReader of(Class<?> type, Set<String> excluded) {
		Map<String, Property> found = new TreeMap<>();
		Set<String> readable = new HashSet<>();
		Method[] methods = type.getMethods();
		Arrays.sort(methods, Comparator.comparing(Method::getName));
		for (Method method : methods) {
			String name = propertyName(type, method);
			if (name != null) {
				readable.add(name);
				if (!excluded.contains(name)) {
					found.merge(name, property(name, method), PropertyReader::moreSpecific);
				}
			}
		}
		refuseHiddenFields(type, readable, excluded);
		return new PropertyReader(new ArrayList<>(found.values()));
	}

	List<Property> properties() {
		return this.properties;
	}

	private static Property moreSpecific(Property one, Property other) {
		return one.getter().type().returnType().isAssignableFrom(other.getter().type().returnType()) ? other : one;
	}

	private static @Nullable String propertyName(Class<?> type, Method method) {
		if (Modifier.isStatic(method.getModifiers()) || method.getParameterCount() != 0 || method.isBridge()
				|| method.getReturnType() == void.class || method.getDeclaringClass() == Object.class) {
			return null;
		}
		String name = method.getName();
		if (type.isRecord()) {
			return isComponent(type, name) ? name : null;
		}
		if (name.length() > 3 && name.startsWith("get")) {
			return decapitalize(name.substring(3));
		}
		boolean truth = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
		return (truth && name.length() > 2 && name.startsWith("is")) ? decapitalize(name.substring(2)) : null;
	}

	private static boolean isComponent(Class<?> type, String name) {
		for (var component : type.getRecordComponents()) {
			if (component.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

	private static String decapitalize(String name) {
		return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
	}

	private static Property property(String name, Method method) {
		try {
			return new Property(name, MethodHandles.publicLookup().unreflect(accessible(method)));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new UnrepresentableException(name, "its getter is not accessible");
		}
	}

	private static Method accessible(Method method) {
		if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
			method.setAccessible(true);
		}
		return method;
	}

	private static void refuseHiddenFields(Class<?> type, Set<String> readable, Set<String> excluded) {
		for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
			for (Field field : level.getDeclaredFields()) {
				if (isHidden(field, readable) && !excluded.contains(field.getName())) {
					throw new UnrepresentableException(field.getName(),
							"class %s has no getter for it".formatted(type.getName()));
				}
			}
		}
	}

	private static boolean isHidden(Field field, Set<String> readable) {
		if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
			return false;
		}
		String name = field.getName();
		return !readable.contains(name)
				&& !(name.startsWith("is") && name.length() > 2 && readable.contains(decapitalize(name.substring(2))));
	}

	/**
	 * One property and the way to read it.
	 */
	static final class Property {

		private final String name;

		private final MethodHandle getter;

		private final MethodHandle generic;

		Property(String name, MethodHandle getter) {
			this.name = name;
			this.getter = getter;
			this.generic = getter.asType(GETTER);
		}

		String name() {
			return this.name;
		}

		MethodHandle getter() {
			return this.getter;
		}

		@Nullable Object read(Object bean) {
			try {
				return this.generic.invokeExact(bean);
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
