package io.modelcache.autoconfigure;

/**
 * Thrown when a property asks for a provider that this application cannot use.
 */
final class ProviderUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final CacheProvider provider;

	private final String property;

	ProviderUnavailableException(CacheProvider provider, String property) {
		super("%s=%s cannot be used".formatted(property, provider));
		this.provider = provider;
		this.property = property;
	}

	CacheProvider provider() {
		return this.provider;
	}

	String property() {
		return this.property;
	}

}
