package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.CacheScopeResolver;
import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.testing.CountingChatModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code modelcache.scope} and the other properties about sharing answers.
 */
class ScopePropertyTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withUserConfiguration(Models.class);

	private String tenant = "acme";

	@AfterEach
	void forget() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void allShareAnswersByDefault() {
		this.runner.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(model.call("hello")).isEqualTo(model.call("hello"));
		});
	}

	@Test
	void usersDoNotShareAnswersUnderPrincipal() {
		this.runner.withPropertyValues("modelcache.scope=principal").run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			signIn("ann");
			String answer = model.call("hello");
			assertThat(model.call("hello")).isEqualTo(answer);
			signIn("bob");
			assertThat(model.call("hello")).isNotEqualTo(answer);
		});
	}

	@Test
	void withoutAUserNothingIsCachedUnderPrincipal() {
		this.runner.withPropertyValues("modelcache.scope=principal").run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(model.call("hello")).isNotEqualTo(model.call("hello"));
			assertThat(CacheStatus.of(model.call(new Prompt("hello"))).detail()).isEqualTo("unresolved-scope");
		});
	}

	@Test
	void principalWithoutSpringSecurityIsRefused() {
		this.runner.withPropertyValues("modelcache.scope=principal")
			.withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getAction())
				.contains("spring-boot-starter-security"));
	}

	@Test
	void requiredWithoutAResolverIsRefused() {
		this.runner.withPropertyValues("modelcache.scope=required").run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("modelcache.scope is set to required");
			assertThat(analysis.getAction()).contains("CacheScopeResolver cacheScopeResolver()");
		});
	}

	@Test
	void aResolverKeepsTenantsApart() {
		this.runner.withPropertyValues("modelcache.scope=required")
			.withBean(CacheScopeResolver.class, () -> (context) -> this.tenant)
			.run((context) -> {
				ChatModel model = context.getBean(ChatModel.class);
				String answer = model.call("hello");
				this.tenant = "other";
				assertThat(model.call("hello")).isNotEqualTo(answer);
				this.tenant = "acme";
				assertThat(model.call("hello")).isEqualTo(answer);
				assertThat(context.getBean(ModelCacheManager.class).evictScope("acme")).isEqualTo(1);
				assertThat(model.call("hello")).isNotEqualTo(answer);
			});
	}

	@Test
	void oneModelMayHaveAScopeOfItsOwn() {
		this.runner.withPropertyValues("modelcache.models.model.scope=principal").run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(model.call("hello")).isNotEqualTo(model.call("hello"));
		});
	}

	@Test
	void theManagerClearsWhatTheModelsHaveStored() {
		this.runner.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			ModelCacheManager manager = context.getBean(ModelCacheManager.class);
			assertThat(manager.clear()).isZero();
			String answer = model.call("hello");
			assertThat(manager.keys("model", null, 10).keys()).hasSize(1);
			assertThat(manager.clear("model")).isEqualTo(1);
			assertThat(model.call("hello")).isNotEqualTo(answer);
		});
	}

	@Test
	void staleRetentionReachesTheModel() {
		this.runner
			.withPropertyValues("modelcache.stale-retention=2h", "modelcache.single-flight.enabled=false",
					"modelcache.single-flight.max-wait=5s")
			.run((context) -> assertThat(
					((CachingChatModel) context.getBean(ChatModel.class)).getSettings().staleRetention())
				.isEqualTo(Duration.ofHours(2)));
	}

	@Test
	void aSecretChangesTheKeysAndScopesAreStillFound() {
		this.runner
			.withPropertyValues("modelcache.key-secret=correct horse battery staple", "modelcache.scope=required")
			.withBean(CacheScopeResolver.class, () -> (context) -> this.tenant)
			.run((context) -> {
				ChatModel model = context.getBean(ChatModel.class);
				model.call("hello");
				ModelCacheManager manager = context.getBean(ModelCacheManager.class);
				assertThat(new ModelCacheManager(() -> context.getBean(Decorating.class).stores().all())
					.evictScope("acme")).isZero();
				assertThat(manager.evictScope("acme")).isEqualTo(1);
				assertThat(context.getBean(ModelCacheProperties.class).toString()).doesNotContain("horse");
			});
	}

	@Test
	void aBlankSecretIsRefused() {
		this.runner.withPropertyValues("modelcache.key-secret=  ")
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("modelcache.key-secret"));
	}

	@Test
	void aNegativeRetentionIsRefused() {
		this.runner.withPropertyValues("modelcache.stale-retention=-1h")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("modelcache.stale-retention"));
	}

	private static FailureAnalysis analysis(Throwable failure) {
		return new ScopeUnavailableFailureAnalyzer().analyze(failure);
	}

	private static void signIn(String user) {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken(user, "", AuthorityUtils.createAuthorityList("USER")));
	}

	/**
	 * One model.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

}
