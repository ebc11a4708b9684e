package io.modelcache.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheDecision;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.chat.ChatCachePolicy;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.embedding.EmbeddingCachePolicy;
import io.modelcache.store.CacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what each property does, and which one counts.
 */
class PropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withUserConfiguration(Models.class);

	@Test
	void withoutPropertiesEverythingIsCachedOnTheHeap() {
		this.context.run((context) -> {
			CacheSettings chat = chat(context).getSettings();
			assertThat(chat).isEqualTo(
					new CacheSettings("chat", "caffeine", "", null, Duration.ofDays(1), Duration.ZERO, 1024 * 1024));
			CacheSettings embedding = embedding(context).getSettings();
			assertThat(embedding)
				.isEqualTo(new CacheSettings("embedding", "caffeine", "", null, null, Duration.ZERO, 1024 * 1024));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "FALSE", "off", "no", "0" })
	void nothingIsLeftOfTheCacheIfItIsDisabled(String value) {
		this.context.withPropertyValues("modelcache.enabled=" + value).run((context) -> {
			assertThat(context.getBean(ChatModel.class)).isInstanceOf(CountingChatModel.class);
			assertThat(context.getBean(EmbeddingModel.class)).isInstanceOf(CountingEmbeddingModel.class);
			assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.toLowerCase().contains("modelcache"));
		});
	}

	@Test
	void aDisabledCacheIgnoresItsOtherProperties() {
		this.context.withPropertyValues("modelcache.enabled=false", "modelcache.ttl=banana", "modelcache.provider=jdbc")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			modelcache.provider=none                                                         | false | false
			modelcache.chat.provider=none                                                    | false | true
			modelcache.embedding.provider=none                                               | true  | false
			modelcache.models.chat.provider=none                                             | false | true
			modelcache.models.embedding.provider=none                                        | true  | false
			modelcache.provider=none,modelcache.chat.provider=caffeine                       | true  | false
			modelcache.provider=none,modelcache.embedding.provider=caffeine                  | false | true
			modelcache.chat.provider=none,modelcache.models.chat.provider=caffeine           | true  | true
			modelcache.embedding.provider=none,modelcache.models.embedding.provider=caffeine | true  | true
			modelcache.chat.enabled=false                                                    | false | true
			modelcache.embedding.enabled=false                                               | true  | false
			modelcache.models.chat.enabled=false                                             | false | true
			modelcache.chat.enabled=false,modelcache.models.chat.enabled=true                | true  | true
			modelcache.chat.provider=caffeine,modelcache.models.chat.provider=NONE           | false | true
			""")
	void theMoreSpecialPropertySwitchesAModelOnOrOff(String properties, boolean chat, boolean embedding) {
		this.context.withPropertyValues(properties.split(",")).run((context) -> {
			assertThat(context.getBean("chat") instanceof CachingChatModel).isEqualTo(chat);
			assertThat(context.getBean("embedding") instanceof CachingEmbeddingModel).isEqualTo(embedding);
		});
	}

	@Test
	void theStoreOfTheApplicationHoldsTheAnswers() {
		this.context.withPropertyValues("modelcache.provider=custom")
			.withBean(CacheStore.class, () -> CaffeineCacheStore.ofMaximumWeight(1_000_000))
			.run((context) -> {
				CacheStatus status = CacheStatus.of(ask(context, "question"));
				assertThat(status.stored()).isTrue();
				assertThat(context.getBean(CacheStore.class).scan(Selector.all(), null, 10).entries()).hasSize(1);
				assertThat(CacheStatus.of(ask(context, "question")).layer()).isEqualTo("custom");
			});
	}

	@Test
	void thePrimaryStoreOfTheApplicationIsUsed() {
		this.context.withPropertyValues("modelcache.provider=custom")
			.withUserConfiguration(TwoStores.class)
			.run((context) -> {
				ask(context, "question");
				assertThat(entries(context.getBean("two", CacheStore.class))).isOne();
				assertThat(entries(context.getBean("one", CacheStore.class))).isZero();
			});
	}

	@Test
	void aStoreOfTheApplicationIsNotUsedUnasked() {
		this.context.withBean(CacheStore.class, () -> CaffeineCacheStore.ofMaximumWeight(1_000_000)).run((context) -> {
			ask(context, "question");
			assertThat(entries(context.getBean(CacheStore.class))).isZero();
		});
	}

	@Test
	void oneKindCanBeKeptElsewhere() {
		this.context.withPropertyValues("modelcache.embedding.provider=custom")
			.withBean(CacheStore.class, () -> CaffeineCacheStore.ofMaximumWeight(1_000_000))
			.run((context) -> {
				ask(context, "question");
				assertThat(entries(context.getBean(CacheStore.class))).isZero();
				embedding(context).embed("text");
				assertThat(entries(context.getBean(CacheStore.class))).isOne();
			});
	}

	@Test
	void caffeineIsNotNeededIfNoModelUsesIt() {
		this.context.withPropertyValues("modelcache.chat.provider=none", "modelcache.embedding.provider=custom")
			.withBean(CacheStore.class, BrokenStore::returningNull)
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void withoutModelsNothingIsNeeded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "never", textBlock = """
			modelcache.ttl=2h                                     | PT2H  | never
			modelcache.ttl=none                                   | never | never
			modelcache.ttl=90                                     | PT0.09S | never
			modelcache.ttl=PT5M                                   | PT5M  | never
			modelcache.chat.ttl=3h                                | PT3H  | never
			modelcache.ttl=2h,modelcache.chat.ttl=NONE            | never | never
			modelcache.ttl=2h,modelcache.models.chat.ttl=4h       | PT4H  | never
			modelcache.chat.ttl=3h,modelcache.models.chat.ttl=none| never | never
			modelcache.embedding.ttl=30d                          | PT24H | PT720H
			modelcache.embedding.ttl=30d,modelcache.models.embedding.ttl=none | PT24H | never
			modelcache.models.embedding.ttl=1d                    | PT24H | PT24H
			modelcache.ttl=                                       | PT24H | never
			modelcache.chat.ttl=                                  | PT24H | never
			""")
	void theMoreSpecialTtlCounts(String properties, Duration chat, Duration embedding) {
		this.context.withPropertyValues(properties.split(",")).run((context) -> {
			assertThat(chat(context).getSettings().ttl()).isEqualTo(chat);
			assertThat(embedding(context).getSettings().ttl()).isEqualTo(embedding);
		});
	}

	@Test
	void anotherNamespaceStartsAfresh() {
		CacheStore store = CaffeineCacheStore.ofMaximumWeight(1_000_000);
		assertThat(hit(store)).isFalse();
		assertThat(hit(store)).isTrue();
		assertThat(hit(store, "modelcache.namespace=2")).isFalse();
		assertThat(hit(store, "modelcache.namespace=2")).isTrue();
		assertThat(hit(store, "modelcache.namespace=2", "modelcache.models.chat.namespace=3")).isFalse();
		assertThat(hit(store, "modelcache.models.chat.namespace=2")).isTrue();
	}

	private boolean hit(CacheStore store, String... properties) {
		boolean[] hit = new boolean[1];
		this.context.withPropertyValues("modelcache.provider=custom")
			.withPropertyValues(properties)
			.withBean(CacheStore.class, () -> store)
			.run((context) -> hit[0] = CacheStatus.of(ask(context, "question")).hit());
		return hit[0];
	}

	@ParameterizedTest
	@ValueSource(strings = { "modelcache.max-entry-size=1B", "modelcache.models.chat.max-entry-size=1B" })
	void anAnswerAboveTheMaximumSizeIsNotStored(String property) {
		this.context.withPropertyValues(property).run((context) -> {
			ask(context, "question");
			assertThat(CacheStatus.of(ask(context, "question")).hit()).isFalse();
			assertThat(chat(context).getSettings().maxEntrySize()).isOne();
		});
	}

	@Test
	void theStoreOnTheHeapIsAsLargeAsItIsSaid() {
		this.context.withPropertyValues("modelcache.caffeine.maximum-weight=1B").run((context) -> {
			ask(context, "question");
			CacheStore store = context.getBean(Decorating.class)
				.stores()
				.get(CacheProvider.CAFFEINE, "modelcache.provider");
			await().until(() -> store.stats().entries() == 0);
		});
	}

	@Test
	void theModelsOnTheHeapShareOneStore() {
		this.context.run((context) -> {
			ask(context, "question");
			embedding(context).embed("text");
			CacheStores stores = context.getBean(Decorating.class).stores();
			assertThat(entries(stores.get(CacheProvider.CAFFEINE, "modelcache.provider"))).isEqualTo(2);
		});
	}

	@Test
	void aModelIdNamesAModelThatDoesNot() {
		this.context.withPropertyValues("modelcache.models.nameless.model-id=some-model")
			.withBean("nameless", CountingEmbeddingModel.class, () -> new CountingEmbeddingModel((String) null))
			.run((context) -> assertThat(context.getBean("nameless", CachingEmbeddingModel.class).getModelName())
				.isEqualTo("some-model"));
	}

	@ParameterizedTest
	@CsvSource({ "modelcache.chat.tool-calls=true, true", "modelcache.chat.tool-calls=false, false",
			"modelcache.models.chat.tool-calls=false, false" })
	void answersThatAskForAToolAreKeptOrNot(String property, boolean kept) {
		AssistantMessage.ToolCall call = new AssistantMessage.ToolCall("1", "function", "weather", "{}");
		ChatResponse answer = new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().content("").toolCalls(List.of(call)).build())));
		this.context.withPropertyValues(property)
			.withBean("chat", CountingChatModel.class, () -> new CountingChatModel((number) -> answer))
			.withAllowBeanDefinitionOverriding(true)
			.run((context) -> {
				ask(context, "question");
				assertThat(CacheStatus.of(ask(context, "question")).hit()).isEqualTo(kept);
			});
	}

	@ParameterizedTest
	@CsvSource({ "modelcache.chat.non-deterministic=cache, true", "modelcache.chat.non-deterministic=bypass, false",
			"modelcache.models.chat.non-deterministic=bypass, false" })
	void callsThatWantVarietyAreCachedOrNot(String property, boolean cached) {
		Prompt prompt = new Prompt("question", ChatOptions.builder().temperature(0.7).build());
		this.context.withPropertyValues(property).run((context) -> {
			assertThat(chat(context).call(prompt)).isNotNull();
			assertThat(CacheStatus.of(chat(context).call(prompt)).hit()).isEqualTo(cached);
		});
	}

	@ParameterizedTest
	@CsvSource({ "modelcache.embedding.queries=true, 1", "modelcache.embedding.queries=false, 2",
			"modelcache.models.embedding.queries=false, 2" })
	void queriesAreCachedOrNot(String property, int calls) {
		this.context.withPropertyValues(property).run((context) -> {
			embedding(context).embed("text");
			embedding(context).embed("text");
			assertThat(requests(context)).hasSize(calls);
		});
	}

	@ParameterizedTest
	@CsvSource({ "modelcache.embedding.batch-size=0, 1", "modelcache.embedding.batch-size=2, 2",
			"modelcache.models.embedding.batch-size=1, 3" })
	void missingTextsAreAskedForInBatches(String property, int calls) {
		this.context.withPropertyValues(property).run((context) -> {
			embedding(context).embed(List.of("one", "two", "three"));
			assertThat(requests(context)).hasSize(calls);
		});
	}

	@Test
	void theNameOfABeanMayBeWrittenInAnEnvironmentVariable() {
		this.context.withBean("openAiChatModel", CountingChatModel.class)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
						Map.of("MODELCACHE_MODELS_OPENAICHATMODEL_TTL", "5m"))))
			.withPropertyValues("modelcache.strict=true")
			.run((context) -> assertThat(context.getBean("openAiChatModel", CachingChatModel.class).getSettings().ttl())
				.hasMinutes(5));
	}

	@Test
	void theNameOfABeanMayHaveDotsAndDashes() {
		this.context.withBean("my.chat-model", CountingChatModel.class)
			.withPropertyValues("modelcache.models[my.chat-model].ttl=5m", "modelcache.strict=true")
			.run((context) -> assertThat(context.getBean("my.chat-model", CachingChatModel.class).getSettings().ttl())
				.hasMinutes(5));
	}

	@Test
	void emptyValuesInYamlMeanTheDefaults() {
		String yaml = """
				modelcache:
				  enabled: true
				  provider: caffeine
				  ttl: 1d
				  namespace: ""
				  max-entry-size: 1MB
				  concrete-injection: warn
				  strict: false
				  chat:
				    enabled: true
				    provider:
				    ttl:
				    tool-calls: true
				    non-deterministic: cache
				  embedding:
				    enabled: true
				    provider:
				    ttl: none
				    queries: true
				    batch-size: 0
				  caffeine:
				    maximum-weight: 64MB
				""";
		this.context.withInitializer((context) -> {
			try {
				new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(yaml.getBytes()))
					.forEach(context.getEnvironment().getPropertySources()::addFirst);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}).run((context) -> {
			ModelCacheProperties defaults = new Binder(List.of()).bindOrCreate("modelcache",
					ModelCacheProperties.class);
			assertThat(context.getBean(ModelCacheProperties.class)).isEqualTo(defaults);
			assertThat(context.getBean(Decorating.class).plan().properties()).isEqualTo(defaults);
		});
	}

	@Test
	void customizersHaveTheLastWordInTheirOrder() {
		this.context.withPropertyValues("modelcache.ttl=1h").withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(chat(context).getSettings().ttl()).hasMinutes(2);
			assertThat(embedding(context).getSettings().ttl()).hasMinutes(1);
		});
	}

	@Test
	void listenersHearOfEachModel() {
		this.context.withBean(RecordingListener.class).run((context) -> {
			ask(context, "question");
			embedding(context).embed("text");
			assertThat(context.getBean(RecordingListener.class).events()).containsExactly("store", "miss", "store",
					"miss");
		});
	}

	@Test
	void oneModelMayExplainItsMisses() {
		this.context.withPropertyValues("modelcache.models.chat.explain=true").run((context) -> {
			ChatModel model = context.getBean("chat", ChatModel.class);
			model.call(new Prompt("one"));
			assertThat(CacheStatus.of(model.call(new Prompt("two"))).explanation()).isNotNull();
		});
		this.context.withPropertyValues("modelcache.explain=true", "modelcache.models.chat.explain=false")
			.run((context) -> {
				ChatModel model = context.getBean("chat", ChatModel.class);
				model.call(new Prompt("one"));
				assertThat(CacheStatus.of(model.call(new Prompt("two"))).explanation()).isNull();
			});
	}

	@Test
	void policiesAreAsked() {
		this.context.withUserConfiguration(Policies.class).run((context) -> {
			assertThat(CacheStatus.of(ask(context, "question")).detail()).isEqualTo("no chats");
			embedding(context).embed("text");
			embedding(context).embed("text");
			assertThat(requests(context)).hasSize(2);
		});
	}

	private static ChatResponse ask(ApplicationContext context, String question) {
		return context.getBean("chat", ChatModel.class).call(new Prompt(question));
	}

	private static CachingChatModel chat(ApplicationContext context) {
		return context.getBean("chat", CachingChatModel.class);
	}

	private static CachingEmbeddingModel embedding(ApplicationContext context) {
		return context.getBean("embedding", CachingEmbeddingModel.class);
	}

	private static List<List<String>> requests(ApplicationContext context) {
		return ((CountingEmbeddingModel) embedding(context).getDelegate()).requests();
	}

	private static int entries(CacheStore store) {
		return store.scan(Selector.all(), null, 100).entries().size();
	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		CountingChatModel chat() {
			return new CountingChatModel();
		}

		@Bean
		CountingEmbeddingModel embedding() {
			return new CountingEmbeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoStores {

		@Bean
		CacheStore one() {
			return CaffeineCacheStore.ofMaximumWeight(1_000_000);
		}

		@Bean
		@Primary
		CacheStore two() {
			return CaffeineCacheStore.ofMaximumWeight(1_000_000);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		CachingModelCustomizer second() {
			return (beanName, builder) -> {
				if (beanName.equals("chat")) {
					builder.ttl(Duration.ofMinutes(2));
				}
			};
		}

		@Bean
		@Order(1)
		CachingModelCustomizer first() {
			return (beanName, builder) -> builder.ttl(Duration.ofMinutes(1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		ChatCachePolicy chatPolicy() {
			return new ChatCachePolicy() {

				@Override
				public CacheDecision beforeLookup(Prompt prompt, ChatOptions options) {
					return CacheDecision.refuse("no chats");
				}

			};
		}

		@Bean
		EmbeddingCachePolicy embeddingPolicy() {
			return (text, options) -> CacheDecision.refuse("no vectors");
		}

	}

}
