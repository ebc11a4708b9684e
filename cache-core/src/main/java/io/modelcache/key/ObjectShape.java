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

import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class are written by an {@link ObjectForm}.
 */
@FunctionalInterface
interface ObjectShape {

	/**
	 * Types of the JDK whose text says everything.
	 */
	Set<Class<?>> TEXTUAL = Set.of(BigDecimal.class, BigInteger.class, UUID.class, URI.class, URL.class, Locale.class,
			Character.class, StringBuilder.class, StringBuffer.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	/**
	 * Packages whose texts are made for people.
	 */
	List<String> UNTRUSTED = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.springframework.");

	/**
	 * Write one object as one field or group.
	 */
	void write(ObjectForm self, CanonicalForm form, String name, Object value, int depth);

	/**
	 * Return the shape of a type that is, or extends, one of the JDK's.
	 */
	static @Nullable ObjectShape ofJdk(Class<?> type) {
		if (Enum.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> constant(form, name, (Enum<?>) value);
		}
		if (type == byte[].class) {
			return (self, form, name, value, depth) -> form.bytes(name, (byte[]) value);
		}
		if (type.isArray()) {
			return (self, form, name, value, depth) -> elements(self, form, name, listOf(value), depth);
		}
		if (isTextual(type)) {
			return (self, form, name, value, depth) -> typed(form, name, type, value.toString());
		}
		return ofContainer(type);
	}

	private static @Nullable ObjectShape ofContainer(Class<?> type) {
		if (type == Optional.class) {
			return (self, form, name, value, depth) -> self.write(form, name, ((Optional<?>) value).orElse(null),
					depth + 1);
		}
		if (Map.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> entries(self, form, name, (Map<?, ?>) value, depth);
		}
		if (Set.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> unordered(self, form, name, (Set<?>) value, depth);
		}
		if (Collection.class.isAssignableFrom(type)) {
			return (self, form, name, value, depth) -> elements(self, form, name, (Collection<?>) value, depth);
		}
		return null;
	}

	/**
	 * Return the shape of a type of which nothing is known: its text, if it is its own.
	 */
	static ObjectShape ofForeign(Class<?> type) {
		if (!hasOwnText(type)) {
			return (self, form, name, value, depth) -> {
				throw new UnrepresentableException(name, "%s has neither properties nor a text to rely on"
					.formatted((type.isHidden() || type.isSynthetic()) ? "a lambda" : type.getName()));
			};
		}
		SdkJson json = SdkJson.of(type);
		if (json == null) {
			return (self, form, name, value, depth) -> typed(form, name, type, value.toString());
		}
		return (self, form, name, value, depth) -> {
			form.begin(name).text("class", type.getName()).text("text", value.toString());
			nested(self, form, name, "json", json.read(value), depth);
			form.end();
		};
	}

	/**
	 * Return the shape of a type that is written property by property.
	 */
	static ObjectShape properties(Class<?> type, List<PropertyReader.Property> properties) {
		return (self, form, name, value, depth) -> {
			form.begin(name).text("class", type.getName());
			try {
				for (PropertyReader.Property property : properties) {
					self.write(form, property.name(), property.read(value), depth + 1);
				}
			}
			catch (UnrepresentableException ex) {
				throw ex.inside(name);
			}
			form.end();
		};
	}

	private static void nested(ObjectForm self, CanonicalForm form, String parent, String name, @Nullable Object value,
			int depth) {
		try {
			self.write(form, name, value, depth + 1);
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(parent);
		}
	}

	private static void elements(ObjectForm self, CanonicalForm form, String name, Collection<?> values, int depth) {
		form.begin(name).integer("size", values.size());
		int index = 0;
		for (Object value : values) {
			nested(self, form, name, Integer.toString(index++), value, depth);
		}
		form.end();
	}

	private static void unordered(ObjectForm self, CanonicalForm form, String name, Set<?> values, int depth) {
		List<Fingerprint> members = new ArrayList<>(values.size());
		for (Object value : values) {
			CanonicalForm member = form.keyHash().form("member", 1);
			nested(self, member, name, "member", value, depth);
			members.add(member.fingerprint());
		}
		Collections.sort(members);
		form.begin(name).text("kind", "set");
		members.forEach((member) -> form.fingerprint("member", member));
		form.end();
	}

	private static void entries(ObjectForm self, CanonicalForm form, String name, Map<?, ?> map, int depth) {
		Map<String, Map.Entry<?, ?>> sorted = new TreeMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (sorted.put(keyText(name, entry.getKey()), new SimpleImmutableEntry<>(entry)) != null) {
				throw new UnrepresentableException(name, "two of its keys have the same text");
			}
		}
		form.begin(name).text("kind", "map");
		for (Map.Entry<?, ?> entry : sorted.values()) {
			nested(self, form, name, "key", entry.getKey(), depth);
			nested(self, form, name, "value", entry.getValue(), depth);
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
		typed(form, name, value.getDeclaringClass(), value.name());
	}

	private static void typed(CanonicalForm form, String name, Class<?> type, String text) {
		form.begin(name).text("class", type.getName()).text("text", text).end();
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

}
