package io.modelcache.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there are settings for a model bean that does not exist and that must fail.
 */
final class UnknownModelException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String nearest;

	UnknownModelException(String name, List<String> beanNames) {
		this(name, beanNames, NearestName.of(name, beanNames));
	}

	private UnknownModelException(String name, List<String> beanNames, @Nullable String nearest) {
		super("modelcache.models.%s is set, but there is no model bean of that name; %s".formatted(name,
				advice(beanNames, nearest)));
		this.nearest = nearest;
	}

	/**
	 * Return the name that somebody may have meant.
	 * @return the name, or {@code null} if there is none like it
	 */
	@Nullable String nearest() {
		return this.nearest;
	}

	private static String advice(List<String> beanNames, @Nullable String nearest) {
		if (nearest != null) {
			return "did you mean '%s'?".formatted(nearest);
		}
		return beanNames.isEmpty() ? "there are no model beans" : "the model beans are " + String.join(", ", beanNames);
	}

}
