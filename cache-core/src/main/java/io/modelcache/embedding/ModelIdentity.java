package io.modelcache.embedding;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * What is known of an embedding model: its default options and by them its name.
 * <p>
 * {@link EmbeddingModel} has no method for either, so they are read from the model's
 * class.
 *
 * @param name the name of the model, or {@code null} if it is not known
 * @param options its default options, or {@code null} if there are none to be found
 */
record ModelIdentity(@Nullable String name, @Nullable EmbeddingOptions options) {

	static ModelIdentity of(EmbeddingModel model, @Nullable String configured) {
		EmbeddingOptions options = defaultOptions(model);
		if (configured != null) {
			return new ModelIdentity(configured, options);
		}
		String name = (options != null) ? options.getModel() : null;
		return new ModelIdentity((name == null || name.isBlank()) ? null : name, options);
	}

	private static @Nullable EmbeddingOptions defaultOptions(EmbeddingModel model) {
		for (String name : new String[] { "getOptions", "getDefaultOptions" }) {
			if (byMethod(model, name) instanceof EmbeddingOptions options) {
				return options;
			}
		}
		return byField(model);
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

	private static @Nullable EmbeddingOptions byField(EmbeddingModel model) {
		for (Class<?> type = model.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (EmbeddingOptions.class.isAssignableFrom(field.getType()) && !Modifier.isStatic(field.getModifiers())
						&& field.trySetAccessible()) {
					return read(field, model);
				}
			}
		}
		return null;
	}

	private static @Nullable EmbeddingOptions read(Field field, EmbeddingModel model) {
		try {
			return (EmbeddingOptions) field.get(model);
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

}
