package io.modelcache.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when there are settings for a model bean that does not exist.
 */
final class UnknownModelFailureAnalyzer extends AbstractFailureAnalyzer<UnknownModelException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownModelException cause) {
		String action = (cause.nearest() != null)
				? "Write modelcache.models.%s instead, or remove the settings.".formatted(cause.nearest())
				: "Remove the settings, or declare the bean.";
		return new FailureAnalysis("%s%n%nmodelcache.strict=true makes this fail.".formatted(cause.getMessage()),
				action + " With modelcache.strict=false this is a warning only.", cause);
	}

}
