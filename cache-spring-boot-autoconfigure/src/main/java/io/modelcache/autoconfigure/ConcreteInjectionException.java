package io.modelcache.autoconfigure;

import java.util.List;

/**
 * Thrown when a model cannot or must not be injected by its concrete class.
 */
final class ConcreteInjectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<String> beanNames;

	private final Class<?> type;

	private final String site;

	private final boolean forbidden;

	private ConcreteInjectionException(List<String> beanNames, Class<?> type, InjectionSite site, boolean forbidden) {
		super("%s %s be injected as %s into %s".formatted(beanNames, forbidden ? "must not" : "cannot", type.getName(),
				site));
		this.beanNames = List.copyOf(beanNames);
		this.type = type;
		this.site = site.toString();
		this.forbidden = forbidden;
	}

	/**
	 * One model would bypass the cache, which is forbidden.
	 */
	static ConcreteInjectionException forbidden(String beanName, Class<?> type, InjectionSite site) {
		return new ConcreteInjectionException(List.of(beanName), type, site, true);
	}

	/**
	 * All models of a class are wanted, which the container cannot do.
	 */
	static ConcreteInjectionException ofSeveral(List<String> beanNames, Class<?> type, InjectionSite site) {
		return new ConcreteInjectionException(beanNames, type, site, false);
	}

	List<String> beanNames() {
		return this.beanNames;
	}

	Class<?> type() {
		return this.type;
	}

	String site() {
		return this.site;
	}

	boolean forbidden() {
		return this.forbidden;
	}

}
