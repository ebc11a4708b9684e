package io.modelcache.autoconfigure;

/**
 * Whether a bean is decorated, by what, or why not.
 *
 * @param beanName the name by which the application knows the bean
 * @param kind what the bean is
 * @param verdict whether it is decorated
 * @param detail by what, or why not
 */
record Decoration(String beanName, ModelKind kind, Verdict verdict, String detail) {

	static Decoration cached(String beanName, ModelKind kind, String detail) {
		return new Decoration(beanName, kind, Verdict.CACHED, detail);
	}

	static Decoration optedOut(String beanName, ModelKind kind, String reason) {
		return new Decoration(beanName, kind, Verdict.OPTED_OUT, reason);
	}

	static Decoration impossible(String beanName, ModelKind kind, String reason) {
		return new Decoration(beanName, kind, Verdict.IMPOSSIBLE, reason);
	}

	static Decoration unidentified(String beanName, ModelKind kind) {
		return new Decoration(beanName, kind, Verdict.UNIDENTIFIED,
				"its model is not known; set modelcache.models.%s.model-id".formatted(beanName));
	}

	boolean decorated() {
		return this.verdict == Verdict.CACHED;
	}

	/**
	 * Whether a bean is decorated.
	 */
	enum Verdict {

		/**
		 * It is.
		 */
		CACHED,

		/**
		 * It is not, and somebody asked for that.
		 */
		OPTED_OUT,

		/**
		 * It is not, although nobody asked for that.
		 */
		IMPOSSIBLE,

		/**
		 * It is, but caches nothing and has warned of that already.
		 */
		UNIDENTIFIED

	}

}
