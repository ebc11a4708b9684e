package io.modelcache.autoconfigure;

import java.util.Locale;

import io.modelcache.CacheScopeResolver;
import io.modelcache.autoconfigure.ModelCacheProperties.ScopeMode;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

/**
 * Finds what says for whom an answer is.
 * <p>
 * A bean of the application always counts: whoever declares one does not want answers to
 * be shared.
 */
final class ScopeResolvers {

	private static final String SPRING_SECURITY = "org.springframework.security.core.context.SecurityContextHolder";

	private final ObjectProvider<CacheScopeResolver> resolvers;

	private final @Nullable ClassLoader classLoader;

	ScopeResolvers(ObjectProvider<CacheScopeResolver> resolvers, @Nullable ClassLoader classLoader) {
		this.resolvers = resolvers;
		this.classLoader = classLoader;
	}

	/**
	 * Return the resolver for a scope.
	 * @param scope the scope
	 * @param property the property that asks for it
	 * @return the resolver, or {@code null} if all callers share their answers
	 * @throws ScopeUnavailableException if there is none although there must be
	 */
	@Nullable CacheScopeResolver get(ScopeMode scope, String property) {
		CacheScopeResolver own = this.resolvers.getIfAvailable();
		if (own != null || scope == ScopeMode.SHARED) {
			return own;
		}
		check(scope, property);
		return Principal.resolver();
	}

	/**
	 * Say who shares answers: a resolver of the application counts whatever is set.
	 */
	String word(ScopeMode scope) {
		boolean own = this.resolvers.stream().findAny().isPresent();
		return (own ? ScopeMode.REQUIRED : scope).name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Check that there is a resolver if there must be.
	 * @throws ScopeUnavailableException if there is none
	 */
	void check(ScopeMode scope, String property) {
		boolean possible = switch (scope) {
			case SHARED -> true;
			case REQUIRED -> this.resolvers.stream().findAny().isPresent();
			case PRINCIPAL -> ClassUtils.isPresent(SPRING_SECURITY, this.classLoader)
					|| this.resolvers.stream().findAny().isPresent();
		};
		if (!possible) {
			throw new ScopeUnavailableException(scope, property);
		}
	}

	/**
	 * Keeps Spring Security out of sight where it is not there.
	 */
	private static final class Principal {

		private static CacheScopeResolver resolver() {
			return new PrincipalScopeResolver();
		}

	}

}
