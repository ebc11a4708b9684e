package io.modelcache.autoconfigure;

import java.util.Locale;

import io.modelcache.autoconfigure.ModelCacheProperties.ScopeMode;

/**
 * Thrown when a property asks for a scope that this application cannot tell.
 */
final class ScopeUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ScopeMode scope;

	private final String property;

	ScopeUnavailableException(ScopeMode scope, String property) {
		super("%s=%s cannot be used".formatted(property, scope.name().toLowerCase(Locale.ROOT)));
		this.scope = scope;
		this.property = property;
	}

	ScopeMode scope() {
		return this.scope;
	}

	String property() {
		return this.property;
	}

}
