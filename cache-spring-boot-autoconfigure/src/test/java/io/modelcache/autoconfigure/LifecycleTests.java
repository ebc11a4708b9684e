package io.modelcache.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the container treats the model inside its cache as without one.
 */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTests {

	private static final List<String> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withInitializer((context) -> events.clear());

	@Test
	void theModelIsInitializedOnceAndKnowsItsBeanName() {
		this.context.withBean("model", InitializedModel.class).run((context) -> {
			assertThat(context.getBean("model")).isInstanceOf(CachingChatModel.class);
			assertThat(events).containsExactly("name model", "@PostConstruct", "afterPropertiesSet");
		});
	}

	@Test
	void theInitMethodIsCalledOnce() {
		this.context.withUserConfiguration(WithInitMethod.class)
			.run((context) -> assertThat(events).containsExactly("init"));
	}

	@Test
	void aDisposableModelIsDestroyedOnce() {
		this.context.withBean("model", DisposableModel.class).run((context) -> {
			context.close();
			assertThat(events).containsExactly("destroy");
		});
	}

	@Test
	void theDestroyMethodIsCalledOnce() {
		this.context.withUserConfiguration(WithDestroyMethod.class).run((context) -> {
			context.close();
			assertThat(events).containsExactly("shutdown");
		});
	}

	@Test
	void theInferredCloseMethodIsCalledOnce() {
		this.context.withUserConfiguration(WithCloseMethod.class).run((context) -> {
			context.close();
			assertThat(events).containsExactly("close");
		});
	}

	@Test
	void thePreDestroyMethodIsCalledOnce() {
		this.context.withBean("model", PreDestroyedModel.class).run((context) -> {
			context.close();
			assertThat(events).containsExactly("@PreDestroy");
		});
	}

	@Test
	void inACircularReferenceBothSidesSeeTheDecorator() {
		this.context.withAllowCircularReferences(true)
			.withUserConfiguration(ModelFirst.class)
			.run((context) -> assertCircle(context.getBean("model", CachingChatModel.class),
					context.getBean(Friend.class)));
	}

	@Test
	void inACircularReferenceThatTheOtherSideBeginsBothSidesSeeTheDecorator() {
		this.context.withAllowCircularReferences(true)
			.withUserConfiguration(FriendFirst.class)
			.run((context) -> assertCircle(context.getBean("model", CachingChatModel.class),
					context.getBean(Friend.class)));
	}

	private static void assertCircle(CachingChatModel model, Friend friend) {
		assertThat(events).containsExactly("created");
		assertThat(friend.model).isSameAs(model);
		assertThat(((FriendlyModel) model.getDelegate()).friend).isSameAs(friend);
		assertThat(friend.model.call("question")).isEqualTo(friend.model.call("question"));
	}

	@Test
	void aModelThatAPostProcessorCreatesTooEarlyIsNotCachedButWorksAndAWarningSaysSo(CapturedOutput output) {
		this.context.withUserConfiguration(CreatedByPostProcessor.class).run((context) -> {
			assertTooEarly(context.getBean("model", ChatModel.class), output);
			assertThat(context.getBean(CreatedByPostProcessor.Holder.class).model()).isSameAs(context.getBean("model"));
		});
	}

	@Test
	void aModelThatAConditionCreatesTooEarlyIsNotCachedButWorksAndAWarningSaysSo(CapturedOutput output) {
		this.context.withUserConfiguration(OneModel.class, CreatedByCondition.class)
			.run((context) -> assertTooEarly(context.getBean("model", ChatModel.class), output));
	}

	private static void assertTooEarly(ChatModel model, CapturedOutput output) {
		assertThat(model).isInstanceOf(CountingChatModel.class);
		model.call("question");
		assertThat(model.call("question")).isEqualTo("answer 2");
		assertThat(output.toString().lines().filter((line) -> line.contains("chat model"))).hasSize(1)
			.first()
			.asString()
			.startsWith("WARN")
			.contains("chat model 'model' is NOT cached: it was there before the cache was ready");
	}

	@Test
	void aModelOfAParentContextWithoutTheCacheIsWarnedOf(CapturedOutput output) {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(OneModel.class)) {
			this.context.withParent(parent).run((context) -> {
				assertThat(context.getBean(ChatModel.class)).isInstanceOf(CountingChatModel.class);
				assertThat(output).containsOnlyOnce("chat model")
					.contains("chat model 'model' is NOT cached: it belongs to a parent context");
			});
		}
	}

	@Test
	void aModelOfAParentContextWithTheCacheIsCachedAndReportedThere(CapturedOutput output) {
		this.context.withUserConfiguration(OneModel.class)
			.run((parent) -> this.context.withParent(parent).run((context) -> {
				assertThat(context.getBean(ChatModel.class)).isInstanceOf(CachingChatModel.class);
				assertThat(output).containsOnlyOnce("chat model");
			}));
	}

	@Test
	void aModelOfAChildContextIsCachedBesideThatOfItsParent() {
		this.context.withUserConfiguration(OneModel.class)
			.run((parent) -> this.context.withParent(parent)
				.withBean("child", CountingChatModel.class)
				.run((context) -> {
					assertThat(context.getBean("child")).isInstanceOf(CachingChatModel.class);
					assertThat(context.getBean("model")).isSameAs(parent.getBean("model"));
				}));
	}

	@Test
	void aModelThatTheContainerStartsIsLeftAloneSoThatItIsStarted(CapturedOutput output) {
		this.context.withBean("model", StartedModel.class).run((context) -> {
			assertThat(events).containsExactly("start");
			assertThat(output).contains("chat model 'model' is NOT cached: it also implements Lifecycle");
		});
	}

	@Test
	void aModelThatListensIsLeftAloneSoThatItHears() {
		this.context.withBean("model", ListeningModel.class)
			.run((context) -> assertThat(events).containsExactly("heard"));
	}

	@Test
	void aModelThatWaitsForTheSingletonsIsLeftAloneSoThatItIsCalled() {
		this.context.withBean("model", WaitingModel.class)
			.run((context) -> assertThat(events).containsExactly("all there"));
	}

	@Test
	void aModelWithAMethodThatIsScheduledIsLeftAloneSoThatItRuns(CapturedOutput output) {
		this.context.withUserConfiguration(WithScheduling.class)
			.withBean("model", ScheduledModel.class)
			.run((context) -> {
				await().until(() -> events.contains("scheduled"));
				assertThat(output)
					.contains("chat model 'model' is NOT cached: it has a method with @Scheduled, which the "
							+ "container would not find through a cache");
			});
	}

	@Test
	void aModelWithAMethodThatListensIsLeftAloneSoThatItHears(CapturedOutput output) {
		this.context.withBean("model", HearingModel.class).run((context) -> {
			assertThat(events).containsExactly("heard");
			assertThat(output).contains("chat model 'model' is NOT cached: it has a method with @EventListener");
		});
	}

	@Test
	void anAnnotationOfTheApplicationCountsByWhatItIsMadeOf(CapturedOutput output) {
		this.context.withUserConfiguration(WithScheduling.class).withBean("model", OftenModel.class).run((context) -> {
			await().until(() -> events.contains("often"));
			assertThat(output).contains("it has a method with @Scheduled");
		});
	}

	@Test
	void anEmbeddingModelIsLeftAloneForItsMethodsToo(CapturedOutput output) {
		this.context.withBean("model", HearingEmbeddingModel.class).run((context) -> {
			assertThat(events).containsExactly("heard");
			assertThat(output).contains("embedding model 'model' is NOT cached: it has a method with @EventListener");
		});
	}

	@Test
	void aProxyKeepsTheMethodsVisibleSoThatTheModelIsCachedInside() {
		this.context.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withUserConfiguration(WithScheduling.class, AspectTests.OverInterface.class)
			.withBean("model", ScheduledModel.class)
			.withBean("other", HearingModel.class)
			.withBean("third", StartedModel.class)
			.run((context) -> {
				await().until(() -> events.contains("scheduled"));
				assertThat(events).contains("heard", "start");
				for (ChatModel model : context.getBeansOfType(ChatModel.class).values()) {
					model.call(new Prompt("question"));
					assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isTrue();
				}
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class WithScheduling {

	}

	static class ScheduledModel extends CountingChatModel {

		@Scheduled(fixedDelay = 3_600_000)
		void refresh() {
			events.add("scheduled");
		}

	}

	static class HearingModel extends CountingChatModel {

		@EventListener
		public void hear(ContextRefreshedEvent event) {
			events.add("heard");
		}

	}

	static class HearingEmbeddingModel extends CountingEmbeddingModel {

		@EventListener
		public void hear(ContextRefreshedEvent event) {
			events.add("heard");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	@Scheduled(fixedDelay = 3_600_000)
	@interface Often {

	}

	static class OftenModel extends CountingChatModel {

		@Often
		public void refresh() {
			events.add("often");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneModel {

		@Bean
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	static class InitializedModel extends CountingChatModel implements InitializingBean, BeanNameAware {

		@Override
		public void setBeanName(String name) {
			events.add("name " + name);
		}

		@PostConstruct
		void start() {
			events.add("@PostConstruct");
		}

		@Override
		public void afterPropertiesSet() {
			events.add("afterPropertiesSet");
		}

	}

	static class DisposableModel extends CountingChatModel implements DisposableBean {

		@Override
		public void destroy() {
			events.add("destroy");
		}

	}

	static class PreDestroyedModel extends CountingChatModel {

		@PreDestroy
		void stop() {
			events.add("@PreDestroy");
		}

	}

	static class MethodModel extends CountingChatModel {

		public void init() {
			events.add("init");
		}

		public void shutdownNow() {
			events.add("shutdown");
		}

	}

	static class ClosingModel extends CountingChatModel implements AutoCloseable {

		@Override
		public void close() {
			events.add("close");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithInitMethod {

		@Bean(initMethod = "init")
		MethodModel model() {
			return new MethodModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithDestroyMethod {

		@Bean(destroyMethod = "shutdownNow")
		MethodModel model() {
			return new MethodModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithCloseMethod {

		@Bean
		ChatModel model() {
			return new ClosingModel();
		}

	}

	static class Friend {

		@Autowired
		ChatModel model;

	}

	static class FriendlyModel extends CountingChatModel {

		@Autowired
		Friend friend;

		FriendlyModel() {
			events.add("created");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ModelFirst {

		@Bean
		FriendlyModel model() {
			return new FriendlyModel();
		}

		@Bean
		Friend friend() {
			return new Friend();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FriendFirst {

		@Bean
		Friend friend() {
			return new Friend();
		}

		@Bean
		FriendlyModel model() {
			return new FriendlyModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CreatedByPostProcessor extends OneModel {

		@Bean
		static BeanFactoryPostProcessor impatient() {
			return (beanFactory) -> beanFactory.getBean(ChatModel.class);
		}

		@Bean
		Holder holder(CountingChatModel model) {
			return new Holder(model);
		}

		record Holder(ChatModel model) {

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CreatedByCondition {

		@Bean
		@Conditional(Impatient.class)
		String other() {
			return "other";
		}

		static class Impatient implements ConfigurationCondition {

			@Override
			public ConfigurationPhase getConfigurationPhase() {
				return ConfigurationPhase.REGISTER_BEAN;
			}

			@Override
			public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
				return !context.getBeanFactory().getBeansOfType(ChatModel.class).isEmpty();
			}

		}

	}

	static class StartedModel extends CountingChatModel implements SmartLifecycle {

		@Override
		public void start() {
			events.add("start");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	static class ListeningModel extends CountingChatModel implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			events.add("heard");
		}

	}

	static class WaitingModel extends CountingChatModel implements SmartInitializingSingleton {

		@Override
		public void afterSingletonsInstantiated() {
			events.add("all there");
		}

	}

}
