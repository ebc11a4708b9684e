package io.modelcache.autoconfigure.schema;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when the tables of the cache cannot be made.
 */
final class SchemaFailureAnalyzer extends AbstractFailureAnalyzer<SchemaException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SchemaException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				cause.action() + "\n\nTo start without the cache instead, set modelcache.jdbc.fail-fast=false.", cause);
	}

}
