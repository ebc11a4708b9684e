package io.modelcache.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when a property is set that nothing reads.
 */
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownPropertyException cause) {
		String action = (cause.nearest() != null)
				? "Write %s instead, or remove the property.".formatted(cause.nearest()) : "Remove the property.";
		return new FailureAnalysis("%s%n%nmodelcache.strict=true makes this fail.".formatted(cause.getMessage()),
				action + " With modelcache.strict=false this is a warning only.", cause);
	}

}
