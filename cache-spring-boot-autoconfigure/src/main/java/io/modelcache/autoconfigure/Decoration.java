package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Whether a bean is decorated, by what, or why not.
 *
 * @param beanName the name by which the application knows the bean
 * @param kind what the bean is
 * @param provider where its answers are kept, or {@code null} if it is not decorated
 * @param reason why it is not decorated, or {@code null}
 * @param unexpected whether nobody asked for it to be left alone
 */
record Decoration(String beanName, ModelKind kind, @Nullable CacheProvider provider, @Nullable String reason,
		boolean unexpected) {

	static Decoration by(String beanName, ModelKind kind, CacheProvider provider) {
		return new Decoration(beanName, kind, provider, null, false);
	}

	static Decoration optedOut(String beanName, ModelKind kind, String reason) {
		return new Decoration(beanName, kind, null, reason, false);
	}

	static Decoration impossible(String beanName, ModelKind kind, String reason) {
		return new Decoration(beanName, kind, null, reason, true);
	}

	boolean decorated() {
		return this.provider != null;
	}

}
