package io.modelcache.autoconfigure.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.Uncached;
import io.modelcache.CacheScopeResolver;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheFiguresAutoConfiguration;
import io.modelcache.chat.semantic.WrongHitShare;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.FlakyStore;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ModelCacheEndpoint}.
 */
class ModelCacheEndpointTests {

	private static final String QUESTION = "Where is the amber pump?";

	private final ApplicationContextRunner hidden = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class,
				ModelCacheFiguresAutoConfiguration.class, ModelCacheEndpointAutoConfiguration.class))
		.withBean("chat", ChatModel.class, CountingChatModel::new);

	private final ApplicationContextRunner context = this.hidden
		.withPropertyValues("management.endpoints.web.exposure.include=modelcache");

	@Test
	void itIsThereOnlyWhereItIsExposed() {
		this.hidden.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelCacheEndpoint.class));
		this.context.run((context) -> assertThat(context).hasSingleBean(ModelCacheEndpoint.class));
	}

	/**
	 * By what this tells, Spring Boot leaves the class alone where there is no actuator.
	 */
	@Test
	void withoutTheActuatorItIsNotEvenLookedAt() throws IOException {
		Properties conditions = PropertiesLoaderUtils
			.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties");
		assertThat(conditions.getProperty(ModelCacheEndpointAutoConfiguration.class.getName() + ".ConditionalOnClass"))
			.contains("org.springframework.boot.actuate.endpoint.annotation.Endpoint");
	}

	@Test
	void itShowsEachModelWithItsSettingsAndWhatItSaved() {
		this.context.withBean("embedding", EmbeddingModel.class, CountingEmbeddingModel::new)
			.withPropertyValues("modelcache.ttl=2h", "modelcache.key-secret=canary-secret")
			.run((context) -> {
				ask(context, QUESTION);
				ask(context, QUESTION);
				ask(context, "another question");
				Map<String, ModelReport> models = report(context).models();
				assertThat(models).containsOnlyKeys("chat", "embedding");
				ModelReport chat = models.get("chat");
				assertThat(chat.cached()).isTrue();
				assertThat(chat.kind()).isEqualTo("chat");
				assertThat(chat.layers()).containsExactly("caffeine");
				assertThat(chat.size()).isEqualTo(2);
				assertThat(chat.settings()).containsEntry("ttl", "2h")
					.containsEntry("keyed", true)
					.containsEntry("single-flight", true)
					.doesNotContainValue("canary-secret");
				assertThat(chat.figures()).isEqualTo(
						new ModelReport.Figures(1, 2, 1 / 3.0, 0, 0, 2, 2, new ModelReport.Saved(1, 0, 0, null, null)));
				assertThat(models.get("embedding").figures().hitRatio()).isNull();
			});
	}

	@Test
	void itShowsTheStoreOfAModelThatIsAskedByMeaningAndItsWrongHits() {
		this.context.withBean("embedding", EmbeddingModel.class, CountingEmbeddingModel::new)
			.withPropertyValues("modelcache.provider=semantic", "modelcache.semantic.threshold=0.9",
					"modelcache.semantic.max-turns=3")
			.run((context) -> {
				ask(context, QUESTION);
				ModelReport chat = report(context).models().get("chat");
				assertThat(chat.layers()).containsExactly("caffeine", "semantic");
				assertThat(chat.size()).isEqualTo(1);
				assertThat(chat.similar()).isEqualTo(new WrongHitShare(0, 0, 0, 1, 0.9));
				assertThat(chat.settings()).containsEntry("semantic.decision", "guarded")
					.containsEntry("semantic.max-turns", 3);
				assertThat(report(context).models().get("embedding").similar()).isNull();
			});
	}

	@Test
	void aResolverOfTheApplicationCountsWhateverTheScopeIs() {
		this.context.run((context) -> assertThat(report(context).models().get("chat").settings()).containsEntry("scope",
				"shared"));
		this.context.withBean(CacheScopeResolver.class, () -> (caller) -> "tenant")
			.run((context) -> assertThat(report(context).models().get("chat").settings()).containsEntry("scope",
					"required"));
	}

	@Test
	void itSaysWhyAModelIsNotCached() {
		this.context.withUserConfiguration(Judge.class)
			.withPropertyValues("modelcache.models.chat.provider=none")
			.run((context) -> {
				Map<String, ModelReport> models = report(context).models();
				assertThat(models.get("judge").cached()).isFalse();
				assertThat(models.get("judge").detail()).isEqualTo("@Uncached");
				assertThat(models.get("chat").detail()).isEqualTo("modelcache.models.chat.provider=none");
				assertThat(models.get("chat").figures()).isNull();
			});
	}

	@Test
	void entriesAreListedPageByPageWithoutWhatIsInThem() {
		this.context.run((context) -> {
			for (int i = 0; i < 3; i++) {
				ask(context, "question " + i);
			}
			EntriesReport first = (EntriesReport) endpoint(context).entries("chat", 2, null).getBody();
			EntriesReport second = (EntriesReport) endpoint(context).entries("chat", 2, first.next()).getBody();
			assertThat(first.entries()).hasSize(2);
			assertThat(second.entries()).hasSize(1);
			assertThat(first.toString() + second).doesNotContain("question", "answer");
			assertThat(endpoint(context).entries("nobody", null, null).getStatus()).isEqualTo(404);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).entries("chat", 2, "nonsense"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).entries("chat", 0, null));
		});
	}

	@Test
	void aDryRunCountsAndTheRunEvicts() {
		this.context.run((context) -> {
			String key = ask(context, QUESTION).key();
			CacheControl.tags("pricing").call(() -> ask(context, "tagged"));
			CacheControl.scope("tenant").call(() -> ask(context, "scoped"));
			ask(context, "left");
			assertEvicts(context, 1, key, null, null, null, null);
			assertEvicts(context, 1, null, null, "pricing", null, null);
			assertEvicts(context, 1, null, "chat", null, "tenant", null);
			assertEvicts(context, 0, null, "nobody", null, null, null);
			assertEvicts(context, 1, null, null, null, null, true);
			assertThat(ask(context, QUESTION).hit()).isFalse();
		});
	}

	@ParameterizedTest
	@CsvSource({ ",,,,", "0123456789ab,chat,,,", "0123456789ab,,,,true", ",chat,,,true", "not a key,,,," })
	void anEvictionThatDoesNotSayWhatItMeansIsRefused(@Nullable String key, @Nullable String bean, @Nullable String tag,
			@Nullable String scope, @Nullable Boolean all) {
		this.context.run((context) -> {
			ask(context, QUESTION);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).evict(key, bean, tag, scope, all, null));
			assertThat(ask(context, QUESTION).hit()).isTrue();
		});
	}

	@Test
	void questionsAreShownToThoseWhoMaySeeThem() {
		ApplicationContextRunner stored = this.context.withPropertyValues("modelcache.provider=jdbc",
				"modelcache.jdbc.url=jdbc:h2:mem:" + getClass().getSimpleName(), "modelcache.jdbc.store-prompts=true");
		stored.run((context) -> assertThat(search(context, user("admin")).getStatus()).isEqualTo(403));
		stored.withPropertyValues("modelcache.endpoint.show-contents=when-authorized").run((context) -> {
			ask(context, QUESTION);
			assertThat(search(context, SecurityContext.NONE).getStatus()).isEqualTo(403);
			await().untilAsserted(() -> assertThat(search(context, user("user")).getBody())
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.extractingByKey("questions", InstanceOfAssertFactories.list(QuestionReport.class))
				.singleElement()
				.satisfies((question) -> assertThat(question.question()).isEqualTo(QUESTION))
				.satisfies((question) -> assertThat(question.toString()).doesNotContain("pump")));
		});
		stored
			.withPropertyValues("modelcache.endpoint.show-contents=when-authorized", "modelcache.endpoint.roles=admin")
			.run((context) -> {
				assertThat(search(context, user("user")).getStatus()).isEqualTo(403);
				assertThat(search(context, user("admin")).getStatus()).isEqualTo(200);
			});
	}

	@Test
	void aStoreThatFailsFailsTheEvictionAndIsShown() {
		FlakyStore store = new FlakyStore(CaffeineCacheStore.ofMaximumWeight(1_000_000));
		store.fail(new UncheckedIOException(new ConnectException("refused")));
		this.context.withBean("store", CacheStore.class, () -> store)
			.withPropertyValues("modelcache.provider=custom", "modelcache.guard.open-for=1h")
			.run((context) -> {
				ask(context, QUESTION);
				WebEndpointResponse<?> response = endpoint(context).evict(null, "chat", null, null, null, null);
				assertThat(response.getStatus()).isEqualTo(503);
				assertThat(report(context).models().get("chat").size()).isNull();
				assertThat(report(context).stores()).singleElement()
					.satisfies((health) -> assertThat(health.degraded()).isTrue());
			});
	}

	private static void assertEvicts(ApplicationContext context, long entries, @Nullable String key,
			@Nullable String bean, @Nullable String tag, @Nullable String scope, @Nullable Boolean all) {
		for (boolean dryRun : List.of(true, false)) {
			assertThat(endpoint(context).evict(key, bean, tag, scope, all, dryRun).getBody())
				.isEqualTo(new EvictionReport(entries, dryRun));
		}
		assertThat(endpoint(context).evict(key, bean, tag, scope, all, true).getBody())
			.isEqualTo(new EvictionReport(0, true));
	}

	private static WebEndpointResponse<?> search(ApplicationContext context, SecurityContext user) {
		return endpoint(context).read(user, "amber", null);
	}

	private static CacheReport report(ApplicationContext context) {
		return (CacheReport) endpoint(context).read(SecurityContext.NONE, null, null).getBody();
	}

	private static ModelCacheEndpoint endpoint(ApplicationContext context) {
		return context.getBean(ModelCacheEndpoint.class);
	}

	private static CacheStatus ask(ApplicationContext context, String question) {
		return CacheStatus.of(context.getBean("chat", ChatModel.class).call(new Prompt(question)));
	}

	private static SecurityContext user(String role) {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> "alice";
			}

			@Override
			public boolean isUserInRole(String asked) {
				return asked.equals(role);
			}

		};
	}

	/**
	 * A model that is left alone.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Judge {

		@Bean
		@Uncached
		ChatModel judge() {
			return new CountingChatModel();
		}

	}

}
