package io.modelcache.autoconfigure;

import java.util.List;

/**
 * Thrown when a property asks for a provider that this application cannot use.
 */
final class ProviderUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final CacheProvider provider;

	private final String property;

	private final List<String> candidates;

	private ProviderUnavailableException(CacheProvider provider, String property, List<String> candidates) {
		super("%s=%s cannot be used".formatted(property, provider));
		this.provider = provider;
		this.property = property;
		this.candidates = List.copyOf(candidates);
	}

	/**
	 * What the provider needs is not there.
	 */
	static ProviderUnavailableException missing(CacheProvider provider, String property) {
		return new ProviderUnavailableException(provider, property, List.of());
	}

	/**
	 * What the provider needs is there more than once.
	 */
	static ProviderUnavailableException ambiguous(CacheProvider provider, String property, List<String> candidates) {
		return new ProviderUnavailableException(provider, property, candidates);
	}

	CacheProvider provider() {
		return this.provider;
	}

	String property() {
		return this.property;
	}

	/**
	 * Return the names of the beans among which none can be chosen.
	 */
	List<String> candidates() {
		return this.candidates;
	}

}
