package io.modelcache.autoconfigure;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when a model cannot or must not be injected by its concrete class.
 */
final class ConcreteInjectionFailureAnalyzer extends AbstractFailureAnalyzer<ConcreteInjectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConcreteInjectionException cause) {
		String names = cause.beanNames().stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
		String type = cause.type().getSimpleName();
		if (cause.forbidden()) {
			return new FailureAnalysis(
					"The model bean %s is injected as %s into %s. It would bypass the cache there, which "
						.formatted(names, cause.type().getName(), cause.site())
							+ "modelcache.concrete-injection=fail forbids.",
					HiddenModelAdvice.of(cause.beanNames().get(0), cause.type()), cause);
		}
		return new FailureAnalysis(
				"All beans of type %s are to be injected into %s, but %s cannot be found by that type, because a cache is around each."
					.formatted(cause.type().getName(), cause.site(), names),
				"Inject a List, Map or ObjectProvider of ChatModel or EmbeddingModel instead of %s. If these models are to bypass the cache, mark their beans @Uncached."
					.formatted(type),
				cause);
	}

}
