package io.modelcache.autoconfigure;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a property asks for a provider that this application cannot use.
 */
final class ProviderUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final CacheProvider provider;

	private final String property;

	private final List<String> candidates;

	private final @Nullable Problem problem;

	private ProviderUnavailableException(CacheProvider provider, String property, List<String> candidates) {
		super("%s=%s cannot be used".formatted(property, provider));
		this.provider = provider;
		this.property = property;
		this.candidates = List.copyOf(candidates);
		this.problem = null;
	}

	/**
	 * Create an exception for a problem that only this provider has.
	 */
	ProviderUnavailableException(CacheProvider provider, String property, Problem problem) {
		super("%s=%s cannot be used: %s".formatted(property, provider, problem.why()));
		this.provider = provider;
		this.property = property;
		this.candidates = List.of();
		this.problem = problem;
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

	/**
	 * Return the problem that only this provider has.
	 * @return the problem, or {@code null}
	 */
	@Nullable Problem problem() {
		return this.problem;
	}

	/**
	 * What is wrong and what to do.
	 *
	 * @param why what is wrong, as the end of a sentence
	 * @param action what to type
	 */
	record Problem(String why, String action) implements Serializable {

	}

}
