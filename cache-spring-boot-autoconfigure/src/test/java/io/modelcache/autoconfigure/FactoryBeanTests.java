package io.modelcache.autoconfigure;

import io.modelcache.Uncached;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.testing.CountingChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models made by factory beans are cached.
 */
class FactoryBeanTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class));

	@Test
	void theProductOfAFactoryOfAnInterfaceIsCached() {
		this.context.withUserConfiguration(OfInterface.class, ByInterface.class).run((context) -> {
			ChatModel model = context.getBean(ByInterface.class).model;
			assertThat(model).isInstanceOf(CachingChatModel.class).isSameAs(context.getBean("model"));
			model.call("question");
			assertThat(model.call("question")).isEqualTo("answer 1");
		});
	}

	@Test
	void theProductOfAFactoryOfAClassIsCached() {
		this.context.withUserConfiguration(OfClass.class, ByInterface.class).run((context) -> {
			ChatModel model = context.getBean(ByInterface.class).model;
			assertThat(model).isInstanceOf(CachingChatModel.class).isSameAs(context.getBean("model"));
		});
	}

	@Test
	void theProductOfAFactoryThatDoesNotKnowItsTypeIsCached() {
		this.context.withUserConfiguration(OfUnknownType.class)
			.run((context) -> assertThat(context.getBean("model")).isInstanceOf(CachingChatModel.class));
	}

	@Test
	void eachProductOfAFactoryOfPrototypesIsCached() {
		this.context.withUserConfiguration(OfPrototypes.class).run((context) -> {
			assertThat(context.getBean("model")).isInstanceOf(CachingChatModel.class)
				.isNotSameAs(context.getBean("model"));
		});
	}

	@Test
	void theFactoryStaysWhatItIs() {
		this.context.withUserConfiguration(OfClass.class)
			.run((context) -> assertThat(context.getBean("&model")).isInstanceOf(ClassFactory.class));
	}

	@Test
	void theProductCannotBeInjectedByItsClassForTheFactorySaysThatItHasIt() {
		this.context.withUserConfiguration(OfClass.class, ByClass.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(BeanNotOfRequiredTypeException.class));
	}

	@Test
	void theProductOfAnUncachedFactoryIsLeftAloneAndCanBeInjectedByItsClass() {
		this.context.withUserConfiguration(Undecorated.class, ByClass.class)
			.run((context) -> assertThat(context.getBean(ByClass.class).model).isSameAs(context.getBean("model")));
	}

	@Test
	void theProductOfAnUncachedFactoryClassIsLeftAlone() {
		this.context.withBean("model", UncachedFactory.class)
			.run((context) -> assertThat(context.getBean("model")).isInstanceOf(CountingChatModel.class));
	}

	static class ByInterface {

		@Autowired
		ChatModel model;

	}

	static class ByClass {

		@Autowired
		CountingChatModel model;

	}

	static class InterfaceFactory implements FactoryBean<ChatModel> {

		@Override
		public ChatModel getObject() {
			return new CountingChatModel();
		}

		@Override
		public Class<?> getObjectType() {
			return ChatModel.class;
		}

	}

	static class ClassFactory implements FactoryBean<CountingChatModel> {

		@Override
		public CountingChatModel getObject() {
			return new CountingChatModel();
		}

		@Override
		public Class<?> getObjectType() {
			return CountingChatModel.class;
		}

	}

	@Uncached
	static class UncachedFactory extends ClassFactory {

	}

	static class UnknownFactory implements FactoryBean<Object> {

		@Override
		public Object getObject() {
			return new CountingChatModel();
		}

		@Override
		public Class<?> getObjectType() {
			return null;
		}

	}

	static class PrototypeFactory extends ClassFactory {

		@Override
		public boolean isSingleton() {
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfInterface {

		@Bean
		InterfaceFactory model() {
			return new InterfaceFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfClass {

		@Bean
		ClassFactory model() {
			return new ClassFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfUnknownType {

		@Bean
		UnknownFactory model() {
			return new UnknownFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfPrototypes {

		@Bean
		PrototypeFactory model() {
			return new PrototypeFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Undecorated {

		@Bean
		@Uncached
		ClassFactory model() {
			return new ClassFactory();
		}

	}

}
