package io.modelcache.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to type when a provider cannot be used.
 */
final class ProviderUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<ProviderUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ProviderUnavailableException cause) {
		ProviderUnavailableException.Problem problem = cause.problem();
		if (problem != null) {
			return analysis(cause, problem.why(), problem.action());
		}
		return switch (cause.provider()) {
			case CAFFEINE -> analysis(cause, "the Caffeine library is not on the class path",
					"Add this dependency, which cache-spring-boot-starter brings along unless it is excluded:\n\n"
							+ ProviderDependency.CAFFEINE);
			case REDIS -> analysis(cause, "Spring Data Redis is not on the class path",
					"Add this dependency:\n\n" + ProviderDependency.REDIS);
			case CUSTOM -> cause.candidates().isEmpty() ? noStore(cause) : severalStores(cause);
			case JDBC, SEMANTIC, NONE -> analysis(cause, "this version of modelcache cannot do that yet",
					"Set %s to caffeine, jdbc, redis, semantic, custom or none.".formatted(cause.property()));
		};
	}

	private static FailureAnalysis noStore(ProviderUnavailableException cause) {
		return analysis(cause, "there is no bean of type io.modelcache.store.CacheStore to keep the answers in", """
				Declare one:

				    @Bean
				    CacheStore cacheStore() {
				        return new MyCacheStore();
				    }""");
	}

	private static FailureAnalysis severalStores(ProviderUnavailableException cause) {
		return analysis(cause,
				"there are several beans of type io.modelcache.store.CacheStore, %s, and none of them is primary"
					.formatted(String.join(", ", cause.candidates())),
				"Mark the one to use as @Primary.");
	}

	private static FailureAnalysis analysis(ProviderUnavailableException cause, String why, String action) {
		return new FailureAnalysis(
				"The property %s is set to %s, but %s.".formatted(cause.property(), cause.provider(), why), action,
				cause);
	}

}
