package io.modelcache.autoconfigure;

import io.modelcache.autoconfigure.ModelCacheProperties.ScopeMode;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when nothing tells the scope of a caller.
 */
final class ScopeUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<ScopeUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ScopeUnavailableException cause) {
		if (cause.scope() == ScopeMode.PRINCIPAL) {
			return new FailureAnalysis(
					"The property %s is set to principal, but Spring Security is not on the class path."
						.formatted(cause.property()),
					"""
							Add this dependency, or declare a bean of type io.modelcache.CacheScopeResolver:

							    <dependency>
							        <groupId>org.springframework.boot</groupId>
							        <artifactId>spring-boot-starter-security</artifactId>
							    </dependency>""", cause);
		}
		return new FailureAnalysis(
				"The property %s is set to required, but there is no bean of type io.modelcache.CacheScopeResolver."
					.formatted(cause.property()),
				"""
						Declare one that says for whom an answer is, or set the property to shared:

						    @Bean
						    CacheScopeResolver cacheScopeResolver() {
						        return (context) -> Tenant.current();
						    }""", cause);
	}

}
