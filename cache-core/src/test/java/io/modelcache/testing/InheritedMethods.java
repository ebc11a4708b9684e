package io.modelcache.testing;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The default methods that a decorator takes over from its interfaces as they are, and
 * that therefore do not reach the object behind it.
 */
public final class InheritedMethods {

	private InheritedMethods() {
	}

	/**
	 * List the default methods that a type does not override.
	 * @param type the type
	 * @return signatures such as {@code ChatModel.call(String)}, in order
	 */
	public static List<String> of(Class<?> type) {
		return Stream.of(type.getMethods())
			.filter((method) -> method.isDefault() && !method.isBridge())
			.map(InheritedMethods::signature)
			.sorted()
			.toList();
	}

	private static String signature(Method method) {
		String parameters = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "%s.%s(%s)".formatted(method.getDeclaringClass().getSimpleName(), method.getName(), parameters);
	}

}
