package io.modelcache.chat;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds objects of Spring AI's own classes in metadata, such as the citations of
 * Anthropic: they are meant for callers, unlike the objects of a provider's SDK.
 */
final class SpringAiObjects {

	private static final String PACKAGE = "org.springframework.ai.";

	private static final int MAX_DEPTH = 32;

	private SpringAiObjects() {
	}

	/**
	 * Tell whether a value is such an object, or a collection, array or map that has one
	 * in it.
	 */
	static boolean isIn(@Nullable Object value) {
		return isIn(value, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
	}

	private static boolean isIn(@Nullable Object value, Set<Object> seen, int depth) {
		if (value == null || depth > MAX_DEPTH) {
			return false;
		}
		if (value.getClass().getName().startsWith(PACKAGE)) {
			return true;
		}
		Collection<?> elements = elements(value);
		if (elements.isEmpty() || !seen.add(value)) {
			return false;
		}
		return elements.stream().anyMatch((element) -> isIn(element, seen, depth + 1));
	}

	private static Collection<?> elements(Object value) {
		if (value instanceof Map<?, ?> map) {
			return Arrays.asList(map.keySet(), map.values());
		}
		if (value instanceof Collection<?> collection) {
			return collection;
		}
		return (value instanceof Object[] array) ? Arrays.asList(array) : Set.of();
	}

}
