package io.modelcache.autoconfigure;

import java.util.List;
import java.util.Map;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that every place that asks for a model by its interface gets the cached one.
 */
class InjectionTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class));

	@Test
	void theSecondCallOfAnInjectedChatModelIsAnsweredFromTheCache() {
		this.context.withUserConfiguration(OneOfEach.class, ByInterface.class).run((context) -> {
			ChatModel model = context.getBean(ByInterface.class).chatModel;
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("other question")).isEqualTo("answer 2");
		});
	}

	@Test
	void theSecondCallOfAnInjectedEmbeddingModelIsAnsweredFromTheCache() {
		this.context.withUserConfiguration(OneOfEach.class, ByInterface.class).run((context) -> {
			CachingEmbeddingModel model = (CachingEmbeddingModel) context.getBean(ByInterface.class).embeddingModel;
			assertThat(model.embed("text")).isEqualTo(model.embed("text"));
			assertThat(((CountingEmbeddingModel) model.getDelegate()).requests()).hasSize(1);
		});
	}

	@Test
	void theModelsOfOpenAiAreDecorated() {
		this.context.withUserConfiguration(OpenAiModels.class, ByInterface.class).run((context) -> {
			ByInterface user = context.getBean(ByInterface.class);
			assertThat(user.chatModel).isInstanceOf(CachingChatModel.class)
				.isSameAs(context.getBean("openAiChatModel"));
			assertThat(user.embeddingModel).isInstanceOf(CachingEmbeddingModel.class)
				.isSameAs(context.getBean("openAiEmbeddingModel"));
		});
	}

	@Test
	void aStreamingChatModelIsTheDecorator() {
		this.context.withUserConfiguration(OpenAiModels.class).run((context) -> {
			StreamingChatModel model = context.getBean(StreamingChatModel.class);
			assertThat(model).isInstanceOf(CachingChatModel.class).isSameAs(context.getBean(ChatModel.class));
		});
	}

	@Test
	void aChatClientOfOpenAiIsAnsweredFromTheCache() throws Exception {
		try (OpenAi provider = OpenAi.start()) {
			this.context.withBean("openAiChatModel", OpenAiChatModel.class, provider::answeredChatModel)
				.withUserConfiguration(Client.class)
				.run((context) -> {
					ChatClient client = context.getBean(ChatClient.class);
					assertThat(client.prompt("question").call().content()).isEqualTo("answer 1");
					assertThat(client.prompt("question").call().content()).isEqualTo("answer 1");
					assertThat(provider.calls()).isOne();
				});
		}
	}

	@Test
	void aListHoldsTheDecorators() {
		this.context.withUserConfiguration(Several.class).run((context) -> {
			List<ChatModel> models = context.getBean(Several.User.class).list;
			assertThat(models).hasSize(3).allSatisfy((model) -> assertThat(model).isInstanceOf(CachingChatModel.class));
		});
	}

	@Test
	void aMapHoldsTheDecoratorsByName() {
		this.context.withUserConfiguration(Several.class).run((context) -> {
			Map<String, ChatModel> models = context.getBean(Several.User.class).map;
			assertThat(models).containsOnlyKeys("one", "two", "three")
				.allSatisfy(
						(name, model) -> assertThat(((CachingChatModel) model).getSettings().name()).isEqualTo(name));
		});
	}

	@Test
	void anObjectProviderProvidesTheDecorators() {
		this.context.withUserConfiguration(Several.class).run((context) -> {
			ObjectProvider<ChatModel> models = context.getBean(Several.User.class).provider;
			assertThat(models.getIfAvailable()).isSameAs(context.getBean("two"));
			assertThat(models.stream()).hasSize(3)
				.allSatisfy((model) -> assertThat(model).isInstanceOf(CachingChatModel.class));
		});
	}

	@Test
	void aQualifierChoosesTheDecorator() {
		this.context.withUserConfiguration(Several.class)
			.run((context) -> assertThat(context.getBean(Several.User.class).qualified)
				.isInstanceOf(CachingChatModel.class)
				.isSameAs(context.getBean("three")));
	}

	@Test
	void thePrimaryDecoratorIsInjected() {
		this.context.withUserConfiguration(Several.class)
			.run((context) -> assertThat(context.getBean(Several.User.class).primary)
				.isInstanceOf(CachingChatModel.class)
				.isSameAs(context.getBean("two")));
	}

	@Test
	void aFallbackGivesWayToTheOtherDecorator() {
		this.context.withUserConfiguration(WithFallback.class)
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean("regular")));
	}

	@Test
	void severalModelsOfOneTypeDoNotShareAnswers() {
		this.context.withUserConfiguration(Several.class).run((context) -> {
			ChatModel one = context.getBean("one", ChatModel.class);
			ChatModel two = context.getBean("two", ChatModel.class);
			one.call("other question");
			assertThat(one.call("question")).isEqualTo("answer 2");
			assertThat(two.call("question")).isEqualTo("answer 1");
		});
	}

	@Test
	void severalModelsWithoutAPrimaryOneStayAmbiguous() {
		this.context.withUserConfiguration(OneOfEach.class)
			.withBean("another", CountingChatModel.class, CountingChatModel::new)
			.run((context) -> assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class)));
	}

	@Test
	void aModelThatIsNoBeanIsLeftAlone() {
		this.context.withUserConfiguration(Holder.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model).isInstanceOf(CountingChatModel.class));
	}

	@Test
	void aDecoratorDeclaredByTheApplicationIsNotDecoratedAgain() {
		this.context.withUserConfiguration(OwnDecorator.class).run((context) -> {
			CachingChatModel model = context.getBean("own", CachingChatModel.class);
			assertThat(model.getSettings().layer()).isEqualTo("own");
			assertThat(model.getDelegate()).isInstanceOf(CountingChatModel.class);
		});
	}

	@Test
	void aDecoratorDeclaredAsAnInterfaceIsNotDecoratedAgain() {
		this.context.withUserConfiguration(OwnDecorator.class).run((context) -> {
			CachingChatModel model = (CachingChatModel) context.getBean("ownByInterface", ChatModel.class);
			assertThat(model.getSettings().layer()).isEqualTo("own");
			assertThat(model.getDelegate()).isInstanceOf(CountingChatModel.class);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OneOfEach {

		@Bean
		CountingChatModel chatModel() {
			return new CountingChatModel();
		}

		@Bean
		CountingEmbeddingModel embeddingModel() {
			return new CountingEmbeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenAiModels {

		@Bean
		OpenAiChatModel openAiChatModel() {
			return OpenAi.chatModel();
		}

		@Bean
		OpenAiEmbeddingModel openAiEmbeddingModel() {
			return OpenAi.embeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByInterface {

		@Autowired
		ChatModel chatModel;

		@Autowired
		EmbeddingModel embeddingModel;

	}

	@Configuration(proxyBeanMethods = false)
	static class Client {

		@Bean
		ChatClient chatClient(ChatModel model) {
			return ChatClient.builder(model).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		@Bean
		CountingChatModel one() {
			return new CountingChatModel();
		}

		@Bean
		@Primary
		CountingChatModel two() {
			return new CountingChatModel();
		}

		@Bean
		ChatModel three() {
			return OpenAi.chatModel();
		}

		@Bean
		User user() {
			return new User();
		}

		static class User {

			@Autowired
			List<ChatModel> list;

			@Autowired
			Map<String, ChatModel> map;

			@Autowired
			ObjectProvider<ChatModel> provider;

			@Autowired
			@Qualifier("three")
			ChatModel qualified;

			@Autowired
			ChatModel primary;

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithFallback {

		@Bean
		CountingChatModel regular() {
			return new CountingChatModel();
		}

		@Bean
		@Fallback
		CountingChatModel fallback() {
			return new CountingChatModel();
		}

	}

	static class Holder {

		final ChatModel model = new CountingChatModel();

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDecorator {

		@Bean
		CachingChatModel own() {
			return CachingChatModel.builder(new CountingChatModel())
				.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
				.layer("own")
				.build();
		}

		@Bean
		ChatModel ownByInterface() {
			return own();
		}

	}

}
