package io.modelcache;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;

/**
 * Keeps the getters and the fields of classes visible in a native image, and those of the
 * classes that they lead to.
 */
final class PropertyHints {

	/**
	 * Classes whose properties are written into keys.
	 */
	private static final String WALKED = "org.springframework.ai.";

	/**
	 * Classes whose text and JSON are.
	 */
	private static final List<String> SDKS = List.of("com.openai.", "com.anthropic.", "com.google.genai.");

	private final RuntimeHints hints;

	private final Set<Class<?>> visited = new HashSet<>();

	PropertyHints(RuntimeHints hints) {
		this.hints = hints;
	}

	/**
	 * Register a class, what it extends and what its properties are made of, as far as
	 * keys are made of it.
	 */
	void register(Class<?> type) {
		if (type.isArray()) {
			register(type.componentType());
		}
		else if (type.getName().startsWith(WALKED) && this.visited.add(type)) {
			this.hints.reflection()
				.registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_PUBLIC_METHODS);
			registerAncestors(type);
			registerProperties(type);
		}
		else if (SDKS.stream().anyMatch(type.getName()::startsWith) && this.visited.add(type)) {
			this.hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

	private void registerAncestors(Class<?> type) {
		if (type.getSuperclass() != null) {
			register(type.getSuperclass());
		}
		List.of(type.getInterfaces()).forEach((implemented) -> register(implemented));
	}

	private void registerProperties(Class<?> type) {
		for (Field field : type.getDeclaredFields()) {
			register(field.getGenericType());
		}
		for (Method method : type.getDeclaredMethods()) {
			if (method.getParameterCount() == 0 && Modifier.isPublic(method.getModifiers())) {
				register(method.getGenericReturnType());
			}
		}
	}

	private void register(Type type) {
		if (type instanceof Class<?> raw) {
			register(raw);
		}
		else if (type instanceof ParameterizedType parameterized) {
			register(parameterized.getRawType());
			List.of(parameterized.getActualTypeArguments()).forEach(this::register);
		}
		else if (type instanceof WildcardType wildcard) {
			List.of(wildcard.getUpperBounds()).forEach(this::register);
		}
	}

}
