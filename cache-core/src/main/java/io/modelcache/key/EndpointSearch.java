package io.modelcache.key;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Searches the fields of a model and of its clients for addresses.
 */
final class EndpointSearch {

	private static final int MAX_OBJECTS = 200;

	/**
	 * Fields that hold an address or a part of one, in lower case.
	 */
	private static final Set<String> ADDRESSES = Set.of("baseurl", "baseuri", "custombaseurl", "apiurl", "url", "uri",
			"endpoint", "endpointurl", "endpointuri", "host", "hostname", "port", "apiversion", "region", "location",
			"project", "projectid");

	/**
	 * Classes whose fields lead to one.
	 */
	private static final List<String> FOLLOWED = List.of("org.springframework.ai.", "org.springframework.web.client.",
			"org.springframework.web.reactive.function.client.", "org.springframework.web.util.", "com.openai.",
			"com.anthropic.", "com.google.genai.");

	/**
	 * Types that must lead to one.
	 */
	private static final List<String> CLIENTS = List.of("org.springframework.web.client.RestClient",
			"org.springframework.web.reactive.function.client.WebClient", "com.openai.client.", "com.anthropic.client.",
			"com.google.genai.Client");

	private static final Pattern USER = Pattern.compile("//[^/?#@]*@");

	private final SortedSet<String> addresses = new TreeSet<>();

	private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Object model;

	private final boolean nativeImage;

	private int seen;

	/**
	 * Create a search.
	 * @param model where it starts; the classes of its package are followed from its own
	 * fields, but no further
	 * @param nativeImage whether a class may have fields that nobody sees
	 */
	EndpointSearch(Object model, boolean nativeImage) {
		this.model = model;
		this.nativeImage = nativeImage;
	}

	/**
	 * Search.
	 * @return whether everything could be read
	 */
	boolean search() {
		return visit(this.model) && !(this.nativeImage && isOpaque());
	}

	SortedSet<String> addresses() {
		return Collections.unmodifiableSortedSet(this.addresses);
	}

	/**
	 * A model without a single field is none that was registered for reflection.
	 */
	private boolean isOpaque() {
		for (Class<?> level = this.model.getClass(); level != null; level = level.getSuperclass()) {
			if (level.getDeclaredFields().length > 0) {
				return false;
			}
		}
		return true;
	}

	private boolean visit(Object owner) {
		if (!this.visited.add(owner)) {
			this.seen++;
			return true;
		}
		boolean known = this.visited.size() <= MAX_OBJECTS;
		for (Class<?> level = owner.getClass(); known && level != null; level = level.getSuperclass()) {
			for (Field field : fields(level)) {
				known &= isAddress(field) ? readAddress(owner, field) : follow(owner, field);
			}
		}
		return known;
	}

	private boolean follow(Object owner, Field field) {
		boolean client = CLIENTS.stream().anyMatch(field.getType().getName()::startsWith);
		int before = this.seen;
		Object value = valueOf(owner, field);
		boolean known = value == null || !isFollowed(owner, value.getClass()) || visit(value);
		return known && (!client || this.seen > before || (value == null && field.trySetAccessible()));
	}

	private boolean readAddress(Object owner, Field field) {
		if (!field.trySetAccessible()) {
			return false;
		}
		this.seen++;
		String text = textOf(valueOf(owner, field));
		if (text != null) {
			this.addresses.add(field.getName() + "=" + USER.matcher(text).replaceAll("//"));
		}
		return true;
	}

	private boolean isFollowed(Object owner, Class<?> type) {
		String name = type.getName();
		return FOLLOWED.stream().anyMatch(name::startsWith)
				|| (owner == this.model && type.getPackageName().equals(owner.getClass().getPackageName()));
	}

	private static boolean isAddress(Field field) {
		return ADDRESSES.contains(field.getName().toLowerCase(Locale.ROOT));
	}

	private static List<Field> fields(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.filter((field) -> !field.getType().isPrimitive() || isAddress(field))
			.filter((field) -> !field.getName().toLowerCase(Locale.ROOT).contains("proxy"))
			.sorted(Comparator.comparing(Field::getName))
			.toList();
	}

	private static @Nullable Object valueOf(Object owner, Field field) {
		try {
			return field.trySetAccessible() ? field.get(owner) : null;
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable String textOf(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return textOf(optional.orElse(null));
		}
		if (value == null || value instanceof CharSequence || value instanceof Number || value instanceof URI
				|| value instanceof URL) {
			return (value != null) ? value.toString() : null;
		}
		try {
			return (String) value.getClass().getMethod("toUriString").invoke(value);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
