package io.modelcache.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when something is set that has no effect because of its name.
 */
final class UnknownNameFailureAnalyzer extends AbstractFailureAnalyzer<UnknownNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownNameException cause) {
		return new FailureAnalysis("%s%n%nmodelcache.strict=true makes this fail.".formatted(cause.getMessage()),
				cause.action() + " With modelcache.strict=false this is a warning only.", cause);
	}

}
