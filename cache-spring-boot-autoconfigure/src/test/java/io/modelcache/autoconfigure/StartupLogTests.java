package io.modelcache.autoconfigure;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;

import io.modelcache.Uncached;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the log says in one line of each model bean whether it is cached, and why
 * not.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupLogTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class));

	@Test
	void aLineForEachModelBean(CapturedOutput output) {
		this.context.withUserConfiguration(AllSorts.class)
			.withPropertyValues("modelcache.models.off.provider=none", "modelcache.models.disabled.enabled=false",
					"modelcache.models.hourly.ttl=36h")
			.run((context) -> assertThat(linesOf(output)).containsExactlyInAnyOrder(
					"INFO  io.modelcache - chat model 'chat' is cached: caffeine, ttl 1d",
					"INFO  io.modelcache - chat model 'lazy' is cached: caffeine, ttl 1d",
					"INFO  io.modelcache - chat model 'hourly' is cached: caffeine, ttl 36h",
					"INFO  io.modelcache - chat model 'uncached' is not cached: @Uncached",
					"INFO  io.modelcache - chat model 'off' is not cached: modelcache.models.off.provider=none",
					"INFO  io.modelcache - chat model 'disabled' is not cached: modelcache.models.disabled.enabled=false",
					"INFO  io.modelcache - chat model 'own' is cached: declared as CachingChatModel",
					"INFO  io.modelcache - chat model 'lazyOwn' is cached: declared as CachingChatModel",
					"WARN  io.modelcache - chat model 'both' is NOT cached: it is a chat model and an embedding model at once",
					"INFO  io.modelcache - embedding model 'embedding' is cached: caffeine, ttl none"));
	}

	@Test
	void aLineForEachModelBeanIfAllIsLazy(CapturedOutput output) {
		Application.of(AllSorts.class).start("spring.main.lazy-initialization=true").close();
		assertThat(linesOf(output)).hasSize(10)
			.contains("INFO  io.modelcache - chat model 'chat' is cached: caffeine, ttl 1d");
	}

	@Test
	void theReasonNamesThePropertyThatIsWritten(CapturedOutput output) {
		this.context.withBean("chat", CountingChatModel.class)
			.withBean("embedding", CountingEmbeddingModel.class)
			.withPropertyValues("modelcache.provider=none", "modelcache.embedding.enabled=false")
			.run((context) -> assertThat(linesOf(output)).containsExactlyInAnyOrder(
					"INFO  io.modelcache - chat model 'chat' is not cached: modelcache.provider=none",
					"INFO  io.modelcache - embedding model 'embedding' is not cached: modelcache.embedding.enabled=false"));
	}

	@Test
	void anEmbeddingModelThatDoesNotTellItsNameIsWarnedOfInOneLine(CapturedOutput output) {
		this.context.withBean("nameless", CountingEmbeddingModel.class, () -> new CountingEmbeddingModel((String) null))
			.run((context) -> assertThat(output.toString().lines().filter((line) -> line.contains("nameless")))
				.hasSize(1)
				.first()
				.asString()
				.startsWith("WARN")
				.contains("Embeddings of 'nameless' are not cached", "Set modelcache.models.nameless.model-id"));
	}

	@Test
	void theLineSaysWhatACustomizerChanged(CapturedOutput output) {
		this.context.withBean("chat", CountingChatModel.class)
			.withBean(CachingModelCustomizer.class,
					() -> (beanName, builder) -> builder.ttl(Duration.ofMinutes(90)).layer("own"))
			.run((context) -> assertThat(linesOf(output))
				.containsExactly("INFO  io.modelcache - chat model 'chat' is cached: own, ttl 90m"));
	}

	@Test
	void aMockThatATestRegistersIsReported(CapturedOutput output) {
		this.context
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("mock", new CountingChatModel()))
			.run((context) -> assertThat(linesOf(output)).hasSize(1)
				.first()
				.asString()
				.startsWith("WARN  io.modelcache - chat model 'mock' is NOT cached: it was there before the cache")
				.contains("registered as an object"));
	}

	@Test
	void settingsOfAnUnknownBeanAreWarnedOfWithTheNearestName(CapturedOutput output) {
		this.context.withBean("openAiChatModel", CountingChatModel.class)
			.withPropertyValues("modelcache.models.openAIChatModell.ttl=1h")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output)
					.contains("WARN  io.modelcache - modelcache.models.openAIChatModell is set, but there "
							+ "is no model bean of that name; did you mean 'openAiChatModel'?");
			});
	}

	@Test
	void settingsOfAnUnknownBeanAreWarnedOfIfThereAreNoModels(CapturedOutput output) {
		this.context.withPropertyValues("modelcache.models.chat.ttl=1h")
			.run((context) -> assertThat(output).contains("modelcache.models.chat is set, but there is no model bean "
					+ "of that name; there are no model beans"));
	}

	@Test
	void aModelThatIsBothKindsIsLeftAlone() {
		this.context.withBean("both", ChatModel.class, StartupLogTests::both)
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(EmbeddingModel.class)
				.isSameAs(context.getBean(EmbeddingModel.class)));
	}

	private static List<String> linesOf(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains(" model '")).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class AllSorts {

		@Bean
		CountingChatModel chat() {
			return new CountingChatModel();
		}

		@Bean
		@Lazy
		ChatModel lazy() {
			return new CountingChatModel();
		}

		@Bean
		CountingChatModel hourly() {
			return new CountingChatModel();
		}

		@Bean
		@Uncached
		CountingChatModel uncached() {
			return new CountingChatModel();
		}

		@Bean
		CountingChatModel off() {
			return new CountingChatModel();
		}

		@Bean
		CountingChatModel disabled() {
			return new CountingChatModel();
		}

		@Bean
		ChatModel own() {
			return CachingChatModel.builder(new CountingChatModel())
				.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
				.build();
		}

		@Bean
		@Lazy
		CachingChatModel lazyOwn() {
			return CachingChatModel.builder(new CountingChatModel())
				.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
				.build();
		}

		@Bean
		@Lazy(false)
		ChatModel both() {
			return StartupLogTests.both();
		}

		@Bean
		CountingEmbeddingModel embedding() {
			return new CountingEmbeddingModel();
		}

	}

	/**
	 * No class can be both, for their calls have different types; a proxy can.
	 */
	private static ChatModel both() {
		return (ChatModel) Proxy.newProxyInstance(StartupLogTests.class.getClassLoader(),
				new Class<?>[] { ChatModel.class, EmbeddingModel.class }, (proxy, method, arguments) -> null);
	}

}
