package io.modelcache.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models which are not singletons made at start-up are cached as well.
 */
@ExtendWith(OutputCaptureExtension.class)
class ScopeTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withUserConfiguration(ConversationScope.class);

	@Test
	void aModelBehindAProxyOfItsInterfacesIsCached() {
		this.context.withUserConfiguration(ByInterfaces.class, User.class).run((context) -> {
			ChatModel model = context.getBean(User.class).model;
			assertThat(AopUtils.isJdkDynamicProxy(model)).isTrue();
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("question")).isEqualTo("answer 1");
		});
	}

	@Test
	void aModelBehindAProxyOfItsClassIsCached() {
		this.context.withUserConfiguration(ByClass.class, User.class).run((context) -> {
			ChatModel model = context.getBean(User.class).model;
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(model).isInstanceOf(CachingChatModel.class);
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("question")).isEqualTo("answer 1");
		});
	}

	@Test
	void anEmbeddingModelBehindAProxyOfItsClassIsCached() {
		this.context.withUserConfiguration(EmbeddingByClass.class).run((context) -> {
			EmbeddingModel model = context.getBean(EmbeddingModel.class);
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(model.embed("text")).isEqualTo(model.embed("text"));
			EmbeddingModel raw = ((CachingEmbeddingModel) model).getDelegate();
			assertThat(((CountingEmbeddingModel) raw).requests()).hasSize(1);
		});
	}

	@Test
	void aModelDeclaredByItsInterfaceBehindAProxyOfItsClassIsCached() {
		this.context.withUserConfiguration(DeclaredByInterface.class, User.class).run((context) -> {
			ChatModel model = context.getBean(User.class).model;
			assertThat(model.call("question")).isEqualTo("answer 1");
			assertThat(model.call("question")).isEqualTo("answer 1");
		});
	}

	@Test
	void theProxyFollowsTheScope() {
		this.context.withUserConfiguration(ByClass.class, User.class).run((context) -> {
			CachingChatModel model = (CachingChatModel) context.getBean(User.class).model;
			ChatModel first = model.getDelegate();
			context.getBean(Conversation.class).end();
			assertThat(model.getDelegate()).isNotSameAs(first);
		});
	}

	@Test
	void aModelOfTheNextScopeKnowsTheAnswersOfTheOneBefore() {
		this.context.withUserConfiguration(ByInterfaces.class, User.class).run((context) -> {
			ChatModel model = context.getBean(User.class).model;
			model.call("another question");
			assertThat(model.call("question")).isEqualTo("answer 2");
			context.getBean(Conversation.class).end();
			assertThat(model.call("question")).isEqualTo("answer 2");
		});
	}

	@Test
	void aScopedModelWithoutAProxyIsCached() {
		this.context.withUserConfiguration(WithoutProxy.class)
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(CachingChatModel.class)
				.isSameAs(context.getBean(ChatModel.class)));
	}

	@Test
	void aScopedModelIsReportedOnceByTheNameThatTheApplicationKnows(CapturedOutput output) {
		this.context.withUserConfiguration(ByClass.class).run((context) -> {
			assertThat(output.toString().lines().filter((line) -> line.contains("chat model"))).hasSize(1)
				.first()
				.asString()
				.contains("chat model 'model' is cached: caffeine, ttl 1d");
			assertThat(context.getBean(Conversation.class).beans).isEmpty();
		});
	}

	@Test
	void aScopedModelIsConfiguredByTheNameThatTheApplicationKnows() {
		this.context.withUserConfiguration(ByClass.class, User.class)
			.withPropertyValues("modelcache.models.model.ttl=5m", "modelcache.strict=true")
			.run((context) -> assertThat(((CachingChatModel) context.getBean(User.class).model).getSettings().ttl())
				.hasMinutes(5));
	}

	@Test
	void eachPrototypeIsCachedAndTheyShareTheirAnswers() {
		this.context.withUserConfiguration(Prototype.class).run((context) -> {
			CachingChatModel one = context.getBean(CachingChatModel.class);
			CachingChatModel other = context.getBean(CachingChatModel.class);
			assertThat(one.getDelegate()).isNotSameAs(other.getDelegate());
			one.call("another question");
			assertThat(one.call("question")).isEqualTo("answer 2");
			assertThat(other.call("question")).isEqualTo("answer 2");
		});
	}

	@Test
	void aLazyModelIsNotCreatedAtStartUp(CapturedOutput output) {
		this.context.withUserConfiguration(LazyModel.class).run((context) -> {
			assertThat(output).contains("chat model 'lazy' is cached: caffeine, ttl 1d").doesNotContain("lazy created");
			assertThat(context.getBean("lazy")).isInstanceOf(CachingChatModel.class);
			assertThat(output).contains("lazy created");
		});
	}

	static class User {

		@Autowired
		ChatModel model;

	}

	@Configuration(proxyBeanMethods = false)
	static class ConversationScope {

		@Bean
		static CustomScopeConfigurer scopes(Conversation conversation) {
			CustomScopeConfigurer scopes = new CustomScopeConfigurer();
			scopes.addScope("conversation", conversation);
			return scopes;
		}

		@Bean
		static Conversation conversation() {
			return new Conversation();
		}

	}

	static class Conversation implements org.springframework.beans.factory.config.Scope {

		final Map<String, Object> beans = new HashMap<>();

		void end() {
			this.beans.clear();
		}

		@Override
		public Object get(String name, ObjectFactory<?> factory) {
			Object bean = this.beans.get(name);
			if (bean == null) {
				bean = factory.getObject();
				this.beans.put(name, bean);
			}
			return bean;
		}

		@Override
		public Object remove(String name) {
			return this.beans.remove(name);
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByInterfaces {

		@Bean
		@Scope(value = "conversation", proxyMode = ScopedProxyMode.INTERFACES)
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByClass {

		@Bean
		@Scope(value = "conversation", proxyMode = ScopedProxyMode.TARGET_CLASS)
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EmbeddingByClass {

		@Bean
		@Scope(value = "conversation", proxyMode = ScopedProxyMode.TARGET_CLASS)
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaredByInterface {

		@Bean
		@Scope(value = "conversation", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutProxy {

		@Bean
		@Scope("conversation")
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope("prototype")
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyModel {

		@Bean
		@Lazy
		CountingChatModel lazy() {
			System.out.println("lazy created");
			return new CountingChatModel();
		}

	}

}
