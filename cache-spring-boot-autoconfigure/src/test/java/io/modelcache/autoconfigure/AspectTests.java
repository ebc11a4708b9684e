package io.modelcache.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheStatus;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that aspects stay around the cache and see what it answers.
 */
@ExtendWith(OutputCaptureExtension.class)
class AspectTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, ModelCacheAutoConfiguration.class));

	@Test
	void anAspectOverTheInterfaceSeesHits() {
		this.context.withBean("model", AuditedModel.class).withUserConfiguration(OverInterface.class).run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(AopUtils.isAopProxy(model)).isTrue();
			assertThat(model.call(new Prompt("question")).getResult().getOutput().getText()).isEqualTo("answer 1");
			ChatResponse second = model.call(new Prompt("question"));
			assertThat(second.getResult().getOutput().getText()).isEqualTo("answer 1");
			assertThat(CacheStatus.of(second).hit()).isTrue();
			assertThat(context.getBean(CallCounter.class).calls).hasValue(2);
		});
	}

	@Test
	void anAspectOverAnAnnotationOfTheModelSeesHits() {
		this.context.withBean("model", AuditedModel.class)
			.withUserConfiguration(OverAnnotation.class)
			.run((context) -> {
				ChatModel model = context.getBean(ChatModel.class);
				assertThat(model.call(new Prompt("question"))).isNotNull();
				assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isTrue();
				assertThat(context.getBean(CallCounter.class).calls).hasValue(2);
			});
	}

	@Test
	void anAspectOverAnEmbeddingModelSeesHits() {
		this.context.withBean("model", CountingEmbeddingModel.class)
			.withUserConfiguration(OverEmbeddings.class)
			.run((context) -> {
				EmbeddingModel model = context.getBean(EmbeddingModel.class);
				assertThat(model.embed("text")).isEqualTo(model.embed("text"));
				assertThat(context.getBean(CallCounter.class).calls).hasValue(2);
				assertThat(((CountingEmbeddingModel) ModelProxy.target(model)).requests()).hasSize(1);
			});
	}

	@Test
	void anAspectOverAModelOfAFinalClassSeesHitsIfProxiesAreOfInterfaces() throws Exception {
		try (OpenAi provider = OpenAi.start()) {
			this.context.withPropertyValues("spring.aop.proxy-target-class=false")
				.withBean("model", OpenAiChatModel.class, provider::answeredChatModel)
				.withUserConfiguration(OverInterface.class)
				.run((context) -> {
					ChatModel model = context.getBean(ChatModel.class);
					assertThat(AopUtils.isJdkDynamicProxy(model)).isTrue();
					assertThat(model.call(new Prompt("question"))).isNotNull();
					assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isTrue();
					assertThat(context.getBean(CallCounter.class).calls).hasValue(2);
					assertThat(provider.calls()).isOne();
				});
		}
	}

	@Test
	void whatIsNotCachedGoesToTheModelItself() {
		this.context.withBean("model", AuditedModel.class)
			.withUserConfiguration(OverInterface.class)
			.run((context) -> assertThat(context.getBean(AuditedModel.class).greeting()).isEqualTo("hello"));
	}

	@Test
	void aFailureOfTheModelPassesTheProxyUnchanged() {
		IllegalStateException failure = new IllegalStateException("no answer");
		this.context.withBean("model", CountingChatModel.class, () -> new CountingChatModel((call) -> {
			throw failure;
		}))
			.withUserConfiguration(OverInterface.class)
			.run((context) -> assertThatException()
				.isThrownBy(() -> context.getBean(ChatModel.class).call(new Prompt("question")))
				.isSameAs(failure));
	}

	@Test
	void aModelThatIsProxiedByItsClassIsCachedWhereItIsInjectedByItsClass(CapturedOutput output) {
		this.context.withBean("model", AuditedModel.class)
			.withUserConfiguration(OverAnnotation.class)
			.withPropertyValues("modelcache.concrete-injection=fail")
			.withBean(ByClass.class)
			.withBean(ByInterface.class)
			.run((context) -> {
				AuditedModel model = context.getBean(ByClass.class).model;
				assertThat(model).isSameAs(context.getBean("model")).isSameAs(context.getBean(ByInterface.class).model);
				assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isFalse();
				assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isTrue();
				assertThat(output).contains("chat model 'model' is cached: caffeine").doesNotContain("bypasses");
			});
	}

	@Test
	void inACircularReferenceBothSidesSeeTheAspectAndTheCache() {
		this.context.withAllowCircularReferences(true)
			.withUserConfiguration(Circle.class, OverInterface.class)
			.run((context) -> {
				ChatModel model = context.getBean(Friend.class).model;
				assertThat(context.getBean(Created.class).models).isOne();
				assertThat(model).isSameAs(context.getBean("model"));
				assertThat(model.call(new Prompt("question"))).isNotNull();
				assertThat(CacheStatus.of(model.call(new Prompt("question"))).hit()).isTrue();
				assertThat(context.getBean(CallCounter.class).calls).hasValue(2);
			});
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	@interface Audited {

	}

	static class AuditedModel extends CountingChatModel {

		@Override
		@Audited
		public ChatResponse call(Prompt prompt) {
			return super.call(prompt);
		}

		public String greeting() {
			return "hello";
		}

	}

	static class ByClass {

		@Autowired
		AuditedModel model;

	}

	static class ByInterface {

		@Autowired
		ChatModel model;

	}

	static class Friend {

		@Autowired
		ChatModel model;

	}

	static class FriendlyModel extends CountingChatModel {

		@Autowired
		Friend friend;

	}

	static class Created {

		int models;

	}

	@Configuration(proxyBeanMethods = false)
	static class Circle {

		@Bean
		Created created() {
			return new Created();
		}

		@Bean
		FriendlyModel model(Created created) {
			created.models++;
			return new FriendlyModel();
		}

		@Bean
		Friend friend() {
			return new Friend();
		}

	}

	static class CallCounter {

		final AtomicInteger calls = new AtomicInteger();

		Object count(ProceedingJoinPoint call) throws Throwable {
			this.calls.incrementAndGet();
			return call.proceed();
		}

	}

	@Aspect
	static class OverInterface extends CallCounter {

		@Around("execution(* org.springframework.ai.chat.model.ChatModel+.call(org.springframework.ai.chat.prompt.Prompt))")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return count(call);
		}

	}

	@Aspect
	static class OverAnnotation extends CallCounter {

		@Around("@annotation(io.modelcache.autoconfigure.AspectTests.Audited)")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return count(call);
		}

	}

	@Aspect
	static class OverEmbeddings extends CallCounter {

		@Around("execution(* org.springframework.ai.embedding.EmbeddingModel+.embed(String))")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return count(call);
		}

	}

}
