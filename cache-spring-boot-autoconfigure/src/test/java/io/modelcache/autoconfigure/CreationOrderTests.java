package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no bean of the application is created earlier, or at all, because of the
 * cache.
 */
class CreationOrderTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Shop.class);

	@Test
	void theBeansOfTheApplicationAreCreatedInTheSameOrder() {
		List<String> without = created(this.context);
		List<String> with = created(
				this.context.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class)));
		assertThat(without).containsSubsequence("early", "chatModel", "late", "embeddingModel")
			.contains("factory", "untypedFactory")
			.doesNotContain("lazyModel");
		assertThat(with).isEqualTo(without);
	}

	@Test
	void theBeansOfALazyApplicationAreNotCreated() {
		ApplicationContextRunner lazy = this.context.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		List<String> without = created(lazy);
		List<String> with = created(lazy.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class)));
		assertThat(without).doesNotContain("chatModel", "embeddingModel", "factory");
		assertThat(with).isEqualTo(without);
	}

	private static List<String> created(ApplicationContextRunner context) {
		Recorder recorder = new Recorder();
		context.withInitializer((application) -> application.getBeanFactory().addBeanPostProcessor(recorder))
			.run((application) -> assertThat(application).hasNotFailed());
		assertThat(recorder.names).isNotEmpty();
		return recorder.names;
	}

	/**
	 * Writes down the beans of the application before they are created.
	 */
	private static final class Recorder implements InstantiationAwareBeanPostProcessor {

		private static final Pattern OURS = Pattern.compile("^modelcache|modelCache|^io\\.modelcache\\.");

		private final List<String> names = new ArrayList<>();

		@Override
		public Object postProcessBeforeInstantiation(Class<?> type, String name) {
			if (!name.startsWith("org.springframework.") && !OURS.matcher(name).find()) {
				this.names.add(name);
			}
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ImportedFactory.class, Ingredient.class })
	static class Shop {

		@Bean
		Object early() {
			return new Object();
		}

		@Bean
		CountingChatModel chatModel() {
			return new CountingChatModel();
		}

		@Bean
		Object late(ChatModel chatModel) {
			return List.of(chatModel);
		}

		@Bean
		@Lazy
		CountingChatModel lazyModel() {
			return new CountingChatModel();
		}

		@Bean
		FactoryBean<?> untypedFactory() {
			return new UntypedFactory();
		}

		@Bean
		EmbeddingModel embeddingModel() {
			return new CountingEmbeddingModel();
		}

		@Bean
		ModelFactory factory() {
			return new ModelFactory();
		}

		@Bean
		Object last(List<EmbeddingModel> models) {
			return List.of(models);
		}

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

	static class Ingredient {

	}

	/**
	 * The container creates it, with all it needs, whenever it searches a bean by type.
	 */
	static class ImportedFactory extends ModelFactory {

		ImportedFactory(Ingredient ingredient) {
		}

	}

	static class UntypedFactory implements FactoryBean<Object> {

		@Override
		public Object getObject() {
			return new CountingChatModel();
		}

		@Override
		public Class<?> getObjectType() {
			return null;
		}

	}

}
