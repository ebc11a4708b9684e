package io.modelcache.embedding;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.util.ClassUtils;

/**
 * What is known of an embedding model: its class, its default options and by them its
 * name.
 * <p>
 * {@link EmbeddingModel} has no method for the options, so they are read from the model's
 * class.
 *
 * @param type the name of the model's class
 * @param name the name of the model, or {@code null} if it is not known
 * @param options its default options, or {@code null} if there are none to be found
 * @param modes the enums that the model holds instead of options, by field
 */
record ModelIdentity(String type, @Nullable String name, @Nullable EmbeddingOptions options,
		Map<String, String> modes) {

	static ModelIdentity of(EmbeddingModel model, @Nullable String configured) {
		EmbeddingOptions options = defaultOptions(model);
		String name = (configured != null) ? configured : nameIn(options);
		return new ModelIdentity(typeOf(model), (name == null || name.isBlank()) ? null : name, options,
				(options != null) ? Map.of() : modesOf(model));
	}

	/**
	 * Return the name by which a request asks for the model.
	 * @return the name, or {@code null} if it is not known
	 */
	@Nullable String asked(@Nullable EmbeddingOptions request) {
		String asked = nameIn(request);
		return (asked != null) ? asked : nameIn(this.options);
	}

	/**
	 * The name of a proxy's class changes from start to start.
	 */
	private static String typeOf(EmbeddingModel model) {
		return Proxy.isProxyClass(model.getClass()) ? "proxy" : ClassUtils.getUserClass(model).getName();
	}

	private static @Nullable String nameIn(@Nullable EmbeddingOptions options) {
		try {
			return (options != null) ? options.getModel() : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable EmbeddingOptions defaultOptions(EmbeddingModel model) {
		for (String name : new String[] { "getOptions", "getDefaultOptions" }) {
			if (byMethod(model, name) instanceof EmbeddingOptions options) {
				return options;
			}
		}
		for (Class<?> type = model.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (EmbeddingOptions.class.isAssignableFrom(field.getType())
						&& read(field, model) instanceof EmbeddingOptions options) {
					return options;
				}
			}
		}
		return null;
	}

	/**
	 * Amazon's Titan model, for one, has no options but a field for the type of its
	 * input.
	 */
	private static Map<String, String> modesOf(EmbeddingModel model) {
		Map<String, String> modes = new TreeMap<>();
		for (Class<?> type = model.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (field.getType().isEnum() && read(field, model) instanceof Enum<?> mode) {
					modes.put(field.getName(), mode.name());
				}
			}
		}
		return modes;
	}

	private static @Nullable Object byMethod(EmbeddingModel model, String name) {
		try {
			Method method = model.getClass().getMethod(name);
			return method.trySetAccessible() ? method.invoke(model) : null;
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	private static @Nullable Object read(Field field, EmbeddingModel model) {
		try {
			return (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) ? field.get(model) : null;
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

}
