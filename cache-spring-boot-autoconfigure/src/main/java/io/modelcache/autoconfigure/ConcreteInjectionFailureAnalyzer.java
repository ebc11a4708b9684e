package io.modelcache.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when a model must not be injected by its concrete class.
 */
final class ConcreteInjectionFailureAnalyzer extends AbstractFailureAnalyzer<ConcreteInjectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConcreteInjectionException cause) {
		String description = "The model bean '%s' is injected as %s and would bypass the cache there, which %s forbids."
			.formatted(cause.beanName(), cause.type().getName(), "modelcache.concrete-injection=fail");
		String action = "Inject it as ChatModel or EmbeddingModel, with @Qualifier(\"%s\") if there are several. "
			.formatted(cause.beanName())
				+ "If it is to bypass the cache, mark the bean @Uncached or set modelcache.models.%s.provider=none."
					.formatted(cause.beanName());
		return new FailureAnalysis(description, action, cause);
	}

}
