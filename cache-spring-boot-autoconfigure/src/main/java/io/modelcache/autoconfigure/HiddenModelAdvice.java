package io.modelcache.autoconfigure;

/**
 * Says what to type instead of the concrete class of a model.
 */
final class HiddenModelAdvice {

	private HiddenModelAdvice() {
	}

	static String of(String beanName, Class<?> type) {
		return """
				Write %1$s instead of %2$s where the bean is injected or looked up, with @Qualifier("%3$s") if there \
				are several.
				If the bean is to bypass the cache, mark it @Uncached or set modelcache.models.%3$s.provider=none."""
			.formatted(ModelKind.nameOf(type), type.getSimpleName(), beanName);
	}

}
