package io.modelcache.autoconfigure;

/**
 * Thrown when a model is injected by its concrete class although that must fail.
 */
final class ConcreteInjectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String beanName;

	private final Class<?> type;

	ConcreteInjectionException(String beanName, Class<?> type) {
		super("Model bean '%s' is injected as %s".formatted(beanName, type.getName()));
		this.beanName = beanName;
		this.type = type;
	}

	String beanName() {
		return this.beanName;
	}

	Class<?> type() {
		return this.type;
	}

}
