package io.modelcache.key;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a value of a provider's SDK looks like on the wire, as maps, lists and scalars.
 * <p>
 * The texts of these classes leave types out: the number 1 and the text "1" in a JSON
 * schema look the same. Each SDK brings a JSON mapper that knows its classes (a foreign
 * one loses content silently), which is found by its name, since the SDKs are no
 * dependency of ours. It only adds to the text: what it cannot write is left to that.
 */
final class SdkJson {

	private static final List<String> SDKS = List.of("com.openai.", "com.anthropic.");

	private final Object mapper;

	private final Method convert;

	private SdkJson(Object mapper, Method convert) {
		this.mapper = mapper;
		this.convert = convert;
	}

	/**
	 * Find the mapper for a class.
	 * @param type the class
	 * @return the way to read its objects, or {@code null} if it is of no known SDK
	 */
	static @Nullable SdkJson of(Class<?> type) {
		for (String sdk : SDKS) {
			if (type.getName().startsWith(sdk)) {
				return find(sdk + "core.ObjectMappers", type.getClassLoader());
			}
		}
		return null;
	}

	private static @Nullable SdkJson find(String holder, @Nullable ClassLoader loader) {
		try {
			Object mapper = Class.forName(holder, true, loader).getMethod("jsonMapper").invoke(null);
			return new SdkJson(mapper, mapper.getClass().getMethod("convertValue", Object.class, Class.class));
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

	@Nullable Object read(Object value) {
		try {
			return this.convert.invoke(this.mapper, value, Object.class);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
