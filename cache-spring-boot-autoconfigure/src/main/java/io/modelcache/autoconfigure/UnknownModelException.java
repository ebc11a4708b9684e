package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there are settings for a model bean that does not exist and that must fail.
 */
final class UnknownModelException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String beanName;

	private final @Nullable String nearest;

	UnknownModelException(String beanName, @Nullable String nearest) {
		super("modelcache.models.%s is set, but there is no model bean of that name%s".formatted(beanName,
				(nearest != null) ? "; did you mean '%s'?".formatted(nearest) : ""));
		this.beanName = beanName;
		this.nearest = nearest;
	}

	String beanName() {
		return this.beanName;
	}

	@Nullable String nearest() {
		return this.nearest;
	}

}
