package io.modelcache.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PrincipalScopeResolver}.
 */
class PrincipalScopeResolverTests {

	private final PrincipalScopeResolver resolver = new PrincipalScopeResolver();

	@AfterEach
	void forget() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void nobodyHasNoScope() {
		assertThat(this.resolver.resolve(Context.empty())).isNull();
		assertThat(this.resolver.resolve(Context.of("other", "thing"))).isNull();
	}

	@Test
	void theUserOfTheThreadIsTheScope() {
		SecurityContextHolder.getContext().setAuthentication(user("ann"));
		assertThat(this.resolver.resolve(Context.empty())).isEqualTo("ann");
	}

	@Test
	void theUserOfTheContextCountsBeforeThatOfTheThread() {
		SecurityContextHolder.getContext().setAuthentication(user("ann"));
		Context context = ReactiveSecurityContextHolder.withAuthentication(user("bob"));
		assertThat(this.resolver.resolve(context)).isEqualTo("bob");
	}

	@Test
	void whoIsNotAuthenticatedHasNoScope() {
		Authentication unverified = new TestingAuthenticationToken("ann", "password");
		unverified.setAuthenticated(false);
		SecurityContextHolder.getContext().setAuthentication(unverified);
		assertThat(this.resolver.resolve(Context.empty())).isNull();
		SecurityContextHolder.getContext()
			.setAuthentication(new AnonymousAuthenticationToken("key", "anonymousUser",
					AuthorityUtils.createAuthorityList("NONE")));
		assertThat(this.resolver.resolve(Context.empty())).isNull();
	}

	@Test
	void aUserWhoWouldHaveToBeWaitedForIsNotWaitedFor() {
		Context context = ReactiveSecurityContextHolder.withSecurityContext(Mono.never());
		assertThat(this.resolver.resolve(context)).isNull();
	}

	private static Authentication user(String name) {
		return new TestingAuthenticationToken(name, "password", AuthorityUtils.createAuthorityList("USER"));
	}

}
