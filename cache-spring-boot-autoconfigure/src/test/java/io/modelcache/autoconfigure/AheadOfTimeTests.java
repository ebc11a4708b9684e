package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.function.Consumer;

import io.modelcache.ModelCacheManager;
import io.modelcache.Uncached;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.Compiled;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models are decorated as ever in an application that was processed ahead of
 * time.
 */
@CompileWithForkedClassLoader
@ExtendWith(OutputCaptureExtension.class)
class AheadOfTimeTests {

	@Test
	void everyModelIsDecoratedAsItWouldBeWithoutProcessing(CapturedOutput output) {
		run((context) -> {
			CachingChatModel openAi = (CachingChatModel) context.getBean("openAi");
			ByClass user = context.getBean(ByClass.class);
			assertThat(user.chatModel).isSameAs(openAi);
			assertThat(user.openAi).isSameAs(openAi.getDelegate());
			assertThat(context.getBean("byInterface")).isInstanceOf(CachingChatModel.class);
			assertThat(context.getBean("made")).isInstanceOf(CachingChatModel.class);
			assertThat(context.getBean("scopedTarget.scoped")).isInstanceOf(CachingChatModel.class);
			assertThat(context.getBean("embeddingModel")).isInstanceOf(CachingEmbeddingModel.class);
			assertThat(output).contains("chat model 'uncached' is not cached: @Uncached",
					"bean 'openAi' is injected as " + OpenAiChatModel.class.getName(),
					".openAi and bypasses the cache");
		}, Models.class);
	}

	@Test
	void aModelThatIsLeftOutStaysLeftOut() {
		run((context) -> assertThat(context.getBean("uncached")).isExactlyInstanceOf(CountingChatModel.class),
				Models.class);
	}

	@Test
	void theSecondAnswerIsAHitUntilTheCacheIsCleared() {
		run((context) -> {
			ChatModel model = context.getBean("byInterface", ChatModel.class);
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("question")).isEqualTo("answer 1");
			context.getBean(ModelCacheManager.class).clear();
			assertThat(model.call("question")).isEqualTo("answer 2");
		}, Models.class);
	}

	@Test
	void propertiesThatNothingReadsAreTold() {
		run((context) -> {
			ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
			StandardEnvironment environment = new StandardEnvironment();
			environment.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("modelcache.scope", "shared", "modelcache.guard.timeout",
						"1s", "modelcache.scpoe", "x")));
			assertThat(UnknownProperties.find(beanFactory, environment)).singleElement()
				.satisfies((unknown) -> assertThat(unknown).hasMessageContaining("did you mean 'modelcache.scope'?"));
		}, Models.class);
	}

	@Test
	void aModelOfTheApplicationIsSeenInANativeImage() {
		RuntimeHints hints = process(Models.class).getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(CountingChatModel.class)
			.withMemberCategories(MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_PUBLIC_METHODS))
			.accepts(hints);
	}

	private static void run(Consumer<GenericApplicationContext> test, Class<?>... sources) {
		TestGenerationContext generation = process(sources);
		TestCompiler.forSystem().with(generation).compile((compiled) -> start(compiled, test));
	}

	private static TestGenerationContext process(Class<?>... sources) {
		TestGenerationContext generation = new TestGenerationContext();
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(context);
			reader.register(sources);
			reader.register(ModelCacheAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
		}
		return generation;
	}

	@SuppressWarnings("unchecked")
	private static void start(Compiled compiled, Consumer<GenericApplicationContext> test) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
			context.refresh();
			test.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		@Primary
		OpenAiChatModel openAi() {
			return OpenAi.chatModel();
		}

		@Bean
		ChatModel byInterface() {
			return new CountingChatModel();
		}

		@Bean
		@Uncached
		CountingChatModel uncached() {
			return new CountingChatModel();
		}

		@Bean
		ModelFactory made() {
			return new ModelFactory();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		ChatModel scoped() {
			return new CountingChatModel();
		}

		@Bean
		EmbeddingModel embeddingModel() {
			return new CountingEmbeddingModel();
		}

		@Bean
		ByClass byClass() {
			return new ByClass();
		}

	}

	static class ByClass {

		@Autowired
		ChatModel chatModel;

		@Autowired
		OpenAiChatModel openAi;

	}

	static class ModelFactory implements FactoryBean<ChatModel> {

		@Override
		public ChatModel getObject() {
			return new CountingChatModel();
		}

		@Override
		public Class<?> getObjectType() {
			return ChatModel.class;
		}

	}

}
