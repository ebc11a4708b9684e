package io.modelcache.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.modelcache.Uncached;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link Uncached} leaves a bean alone wherever it is written.
 */
class UncachedTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class));

	@Test
	void onTheClassOfABean() {
		this.context.withBean("model", OnClass.class).run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onTheSuperclassOfABean() {
		this.context.withBean("model", OnSuperclass.class)
			.run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onAnInterfaceOfABean() {
		this.context.withBean("model", OnInterface.class).run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onAnAnnotationOfTheClassOfABean() {
		this.context.withBean("model", OnAnnotation.class)
			.run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onTheClassOfABeanThatIsDeclaredByItsInterface() {
		this.context.withUserConfiguration(DeclaredByInterface.class).run((context) -> {
			assertRaw(context.getBean(ChatModel.class));
			assertThat(context).hasSingleBean(OnClass.class);
		});
	}

	@Test
	void onABeanMethod() {
		this.context.withUserConfiguration(OnMethod.class).run((context) -> {
			assertRaw(context.getBean("uncached", ChatModel.class));
			assertThat(context.getBean("cached")).isInstanceOf(CachingChatModel.class);
			assertThat(context.getBean(EmbeddingModel.class)).isInstanceOf(CountingEmbeddingModel.class);
		});
	}

	@Test
	void onAnAnnotationOfABeanMethod() {
		this.context.withUserConfiguration(OnAnnotationOfMethod.class)
			.run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onABeanMethodThatIsInherited() {
		this.context.withUserConfiguration(Inheriting.class)
			.run((context) -> assertRaw(context.getBean("uncached", ChatModel.class)));
	}

	@Test
	void onABeanMethodOfAConfigurationThatIsProxied() {
		this.context.withUserConfiguration(Proxied.class).run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onAStaticBeanMethod() {
		this.context.withUserConfiguration(OnStaticMethod.class)
			.run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	@Test
	void onABeanMethodBehindAScopedProxy() {
		this.context
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withUserConfiguration(Scoped.class)
			.run((context) -> {
				ChatModel model = context.getBean(CountingChatModel.class);
				model.call("question");
				assertThat(model.call("question")).isEqualTo("answer 2");
			});
	}

	@Test
	void onTheMethodOfADefinitionThatWasMadeAheadOfTime() {
		this.context.withInitializer((context) -> {
			RootBeanDefinition definition = new RootBeanDefinition(CountingChatModel.class, CountingChatModel::new);
			definition.setResolvedFactoryMethod(ReflectionUtils.findMethod(OnMethod.class, "uncached"));
			((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("model", definition);
		}).run((context) -> assertRaw(context.getBean(ChatModel.class)));
	}

	private static void assertRaw(ChatModel model) {
		assertThat(model).isInstanceOf(CountingChatModel.class);
	}

	@Uncached
	static class OnClass extends CountingChatModel {

	}

	static class OnSuperclass extends OnClass {

	}

	@Uncached
	interface Judge {

	}

	static class OnInterface extends CountingChatModel implements Judge {

	}

	@Uncached
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@interface Fresh {

	}

	@Fresh
	static class OnAnnotation extends CountingChatModel {

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaredByInterface {

		@Bean
		ChatModel model() {
			return new OnClass();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnMethod {

		@Bean
		@Uncached
		CountingChatModel uncached() {
			return new CountingChatModel();
		}

		@Bean
		CountingChatModel cached() {
			return new CountingChatModel();
		}

		@Bean
		@Uncached
		EmbeddingModel embeddingModel() {
			return new CountingEmbeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnAnnotationOfMethod {

		@Bean
		@Fresh
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Inheriting extends OnMethod {

	}

	@Configuration
	static class Proxied {

		@Bean
		@Uncached
		ChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnStaticMethod {

		@Bean
		@Uncached
		static ChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Uncached
		@Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

}
