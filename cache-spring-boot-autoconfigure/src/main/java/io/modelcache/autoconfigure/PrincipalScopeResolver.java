package io.modelcache.autoconfigure;

import io.modelcache.CacheScopeResolver;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Takes the user that Spring Security has authenticated as the scope: users never share
 * an answer.
 * <p>
 * The user of the Reactor context counts before that of the thread. Who is not
 * authenticated, or only as anonymous, has no scope.
 */
final class PrincipalScopeResolver implements CacheScopeResolver {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	@Override
	public @Nullable String resolve(ContextView context) {
		Authentication reactive = fromContext(context);
		Authentication authentication = (reactive != null) ? reactive
				: SecurityContextHolder.getContext().getAuthentication();
		return this.trust.isAuthenticated(authentication) ? nameOf(authentication) : null;
	}

	private static @Nullable String nameOf(@Nullable Authentication authentication) {
		String name = (authentication != null) ? authentication.getName() : null;
		return (name == null || name.isBlank()) ? null : name;
	}

	/**
	 * The context holds a publisher; one that would have to be waited for has no answer
	 * here.
	 */
	private static @Nullable Authentication fromContext(ContextView context) {
		if (context.isEmpty()) {
			return null;
		}
		SecurityContext security = ReactiveSecurityContextHolder.getContext()
			.contextWrite(context)
			.toFuture()
			.getNow(null);
		return (security != null) ? security.getAuthentication() : null;
	}

}
