package io.modelcache.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.modelcache.Uncached;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.testing.CountingChatModel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a model can still be injected by its concrete class, without a cache and not
 * without a word.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConcreteInjectionTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class));

	@Test
	void theModelItselfIsInjected() {
		this.context.withUserConfiguration(OpenAiModels.class, ByClass.class).run((context) -> {
			ByClass user = context.getBean(ByClass.class);
			assertThat(user.chatModel).isSameAs(context.getBean(CachingChatModel.class).getDelegate());
			assertThat(user.embeddingModel).isSameAs(context.getBean(CachingEmbeddingModel.class).getDelegate());
		});
	}

	@Test
	void aWarningNamesTheBeanAndThePlace(CapturedOutput output) {
		this.context.withUserConfiguration(OpenAiModels.class, ByClass.class)
			.run((context) -> assertThat(output).contains("WARN ",
					"Model bean 'openAiChatModel' is injected as org.springframework.ai.openai.OpenAiChatModel into "
							+ ByClass.class.getName()
							+ ".chatModel and bypasses the cache there. Inject it as ChatModel, or mark",
					"Model bean 'openAiEmbeddingModel' is injected as ", "Inject it as EmbeddingModel, or mark"));
	}

	@Test
	void aBeanIsWarnedOfOnce(CapturedOutput output) {
		this.context.withUserConfiguration(OpenAiModels.class, ByClass.class)
			.withBean("second", ByClass.class)
			.withBean("third", ByClass.class)
			.run((context) -> {
				assertThat(context.getBeansOfType(ByClass.class)).hasSize(3);
				assertThat(StringUtils.countOccurrencesOf(output.toString(), "Model bean 'openAiChatModel'")).isOne();
			});
	}

	@Test
	void nobodyIsWarnedOfAnInjectionByInterface(CapturedOutput output) {
		this.context.withUserConfiguration(OpenAiModels.class, ByInterface.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).doesNotContain("bypasses");
		});
	}

	@Test
	void oneBeanIsInjectedBothWays() {
		this.context.withUserConfiguration(OpenAiModels.class, ByClass.class, ByInterface.class).run((context) -> {
			CachingChatModel cached = (CachingChatModel) context.getBean(ByInterface.class).chatModel;
			assertThat(context.getBean(ByClass.class).chatModel).isSameAs(cached.getDelegate());
		});
	}

	@Test
	void aBeanMethodParameterGetsTheModelItself() {
		this.context.withUserConfiguration(OpenAiModels.class, ByParameter.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model())
				.isSameAs(context.getBean(CachingChatModel.class).getDelegate()));
	}

	@Test
	void anObjectProviderAndAnOptionalGiveTheModelItself() {
		this.context.withUserConfiguration(OpenAiModels.class, ByProvider.class, ByOptional.class).run((context) -> {
			ChatModel model = context.getBean(CachingChatModel.class).getDelegate();
			assertThat(context.getBean(ByProvider.class).provider.getIfAvailable()).isSameAs(model);
			assertThat(context.getBean(ByProvider.class).provider.getIfUnique()).isSameAs(model);
			assertThat(context.getBean(ByOptional.class).optional).get().isSameAs(model);
		});
	}

	@Test
	void aLazyPlaceOfInjectionGetsTheModelItself() {
		this.context.withUserConfiguration(Named.class, LazyPlace.class).run((context) -> {
			NamedModel model = context.getBean(LazyPlace.class).model;
			model.call("question");
			assertThat(model.call("question")).isEqualTo("answer 2");
		});
	}

	@Test
	void aModelDeclaredByItsInterfaceIsFoundByItsClassOnceItExists() {
		this.context.withUserConfiguration(DeclaredByInterface.class, ByParameter.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model())
				.isSameAs(context.getBean(CachingChatModel.class).getDelegate()));
	}

	@Test
	void injectionByClassFailsIfItMust() {
		this.context.withUserConfiguration(OpenAiModels.class, ByClass.class)
			.withPropertyValues("modelcache.concrete-injection=fail")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(ConcreteInjectionException.class));
	}

	@Test
	void aModelThatIsNotDecoratedMayBeInjectedByClassEvenThen(CapturedOutput output) {
		this.context.withUserConfiguration(UncachedModel.class, ByParameter.class)
			.withPropertyValues("modelcache.concrete-injection=fail")
			.run((context) -> {
				assertThat(context.getBean(Holder.class).model()).isSameAs(context.getBean(OpenAiChatModel.class));
				assertThat(output).doesNotContain("bypasses");
			});
	}

	@Test
	void ofTwoBeansOfOneClassTheFittingOneIsInjected() {
		this.context.withUserConfiguration(Two.class, ByName.class).run((context) -> {
			ByName user = context.getBean(ByName.class);
			assertThat(user.two).isSameAs(context.getBean("two", CachingChatModel.class).getDelegate());
			assertThat(user.any).isSameAs(context.getBean("one", CachingChatModel.class).getDelegate());
		});
	}

	@Test
	void ofTwoBeansOfOneClassNoneIsInjectedWithoutASign() {
		this.context.withUserConfiguration(Two.class, ByParameter.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("but found 2: one,two"));
	}

	@Test
	void ofTwoBeansOfOneClassAProviderOfAUniqueOneHasNone() {
		this.context.withUserConfiguration(Two.class, ByProvider.class)
			.run((context) -> assertThat(context.getBean(ByProvider.class).provider.getIfUnique()).isNull());
	}

	@Test
	void ofTwoBeansOfOneClassThePrimaryOneIsInjected() {
		this.context.withUserConfiguration(TwoWithPrimary.class, ByParameter.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model())
				.isSameAs(context.getBean("two", CachingChatModel.class).getDelegate()));
	}

	@Test
	void aQualifierCountsMoreThanThePrimaryBean() {
		this.context.withUserConfiguration(TwoWithPrimary.class, Qualified.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model())
				.isSameAs(context.getBean("one", CachingChatModel.class).getDelegate()));
	}

	@Test
	void ofTwoBeansOfOneClassTheFallbackGivesWay() {
		this.context.withUserConfiguration(TwoWithFallback.class, ByParameter.class)
			.run((context) -> assertThat(context.getBean(Holder.class).model())
				.isSameAs(context.getBean("one", CachingChatModel.class).getDelegate()));
	}

	@Test
	void aWrongQualifierFindsNothing() {
		this.context.withUserConfiguration(OpenAiModels.class, Qualified.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class));
	}

	@Test
	void ofADecoratedAndAnUncachedBeanOfOneClassThePlaceChooses(CapturedOutput output) {
		this.context.withUserConfiguration(OneUncached.class, ByNameOfBoth.class).run((context) -> {
			ByNameOfBoth user = context.getBean(ByNameOfBoth.class);
			assertThat(user.raw).isSameAs(context.getBean("raw"));
			assertThat(user.decorated).isSameAs(context.getBean("decorated", CachingChatModel.class).getDelegate());
			assertThat(output).doesNotContain("bean 'raw' is injected");
		});
	}

	@Test
	void aTypeSharedByADecoratedAndAnUncachedBeanDoesNotBlameTheWrongOne(CapturedOutput output) {
		this.context.withUserConfiguration(Related.class, ByRelatedClass.class)
			.withPropertyValues("modelcache.concrete-injection=fail")
			.run((context) -> {
				assertThat(context.getBean(ByRelatedClass.class).model).isSameAs(context.getBean("uncached"));
				assertThat(output).doesNotContain("bypasses");
			});
	}

	@Test
	void anInterfaceOfTheApplicationIsInjectedAsTheModelItself(CapturedOutput output) {
		this.context.withUserConfiguration(Named.class, ByOwnInterface.class).run((context) -> {
			ByOwnInterface user = context.getBean(ByOwnInterface.class);
			assertThat(user.greeter.greeting()).isEqualTo("hello");
			assertThat(user.abstractModel).isSameAs(user.greeter);
			assertThat(output).contains("Model bean 'named' is injected as " + Greeter.class.getName());
		});
	}

	@Test
	void anInterfaceOfTheApplicationThatOthersImplementTooIsChosenByName() {
		this.context.withUserConfiguration(Named.class, ByOwnInterfaceAmongOthers.class)
			.run((context) -> assertThat(context.getBean(ByOwnInterfaceAmongOthers.class).other.greeting())
				.isEqualTo("other"));
	}

	@Test
	void aListOfOneModelHoldsTheModelItself() {
		this.context.withUserConfiguration(OpenAiModels.class, ByList.class)
			.run((context) -> assertThat(context.getBean(ByList.class).models)
				.containsExactly((OpenAiChatModel) context.getBean(CachingChatModel.class).getDelegate()));
	}

	@Test
	void aListOfSeveralModelsFailsRatherThanBeingIncomplete() {
		this.context.withUserConfiguration(Two.class, ByList.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(ConcreteInjectionException.class)
				.hasStackTraceContaining("[one, two] cannot be injected as"));
	}

	@Test
	void aMapFailsRatherThanHavingTheWrongKeys() {
		this.context.withUserConfiguration(OpenAiModels.class, ByMap.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(ConcreteInjectionException.class));
	}

	@Test
	void aStreamFailsRatherThanAskingForABeanThatThereIsNot() {
		this.context.withUserConfiguration(OpenAiModels.class, ByProvider.class)
			.run((context) -> assertStreamsFail(context.getBean(ByProvider.class).provider, "[openAiChatModel]"));
	}

	@Test
	void aStreamOfSeveralModelsFailsRatherThanBeingIncomplete() {
		this.context.withUserConfiguration(Two.class, ByProvider.class)
			.run((context) -> assertStreamsFail(context.getBean(ByProvider.class).provider, "[one, two]"));
		this.context.withUserConfiguration(OneUncached.class, ByProvider.class)
			.run((context) -> assertStreamsFail(context.getBean(ByProvider.class).provider, "[decorated]"));
	}

	@Test
	void aStreamOfModelsThatAreNotDecoratedHoldsThem() {
		this.context.withUserConfiguration(UncachedModel.class, ByProvider.class)
			.run((context) -> assertThat(context.getBean(ByProvider.class).provider.stream())
				.containsExactly(context.getBean(OpenAiChatModel.class)));
	}

	private static void assertStreamsFail(ObjectProvider<OpenAiChatModel> provider, String beans) {
		List<ThrowingCallable> ways = List.of(() -> provider.stream().toList(), () -> provider.orderedStream().toList(),
				() -> provider.forEach((model) -> {
				}));
		for (ThrowingCallable way : ways) {
			assertThatExceptionOfType(ConcreteInjectionException.class).isThrownBy(way)
				.withMessageStartingWith(beans + " cannot be injected as");
		}
	}

	@Test
	void eachInjectionOfAPrototypeIsAnotherModel() {
		this.context.withUserConfiguration(Prototype.class, ByPrototype.class).run((context) -> {
			ByPrototype user = context.getBean(ByPrototype.class);
			assertThat(user.one).isNotNull().isNotSameAs(user.other);
		});
	}

	@Test
	void aLookUpByClassFails() {
		this.context.withUserConfiguration(OpenAiModels.class).run((context) -> {
			assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(OpenAiChatModel.class))
				.withMessage("No qualifying bean of type '%s' available", OpenAiChatModel.class.getName());
			assertThatExceptionOfType(BeanNotOfRequiredTypeException.class)
				.isThrownBy(() -> context.getBean("openAiChatModel", OpenAiChatModel.class))
				.withMessageContaining("but was actually of type '%s'", CachingChatModel.class.getName());
		});
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
	static class UncachedModel {

		@Bean
		@Uncached
		OpenAiChatModel openAiChatModel() {
			return OpenAi.chatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaredByInterface {

		@Bean
		ChatModel openAiChatModel() {
			return OpenAi.chatModel();
		}

	}

	static class ByClass {

		@Autowired
		OpenAiChatModel chatModel;

		@Autowired
		OpenAiEmbeddingModel embeddingModel;

	}

	static class ByInterface {

		@Autowired
		ChatModel chatModel;

		@Autowired
		EmbeddingModel embeddingModel;

	}

	record Holder(ChatModel model) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ByParameter {

		@Bean
		Holder holder(OpenAiChatModel model) {
			return new Holder(model);
		}

	}

	static class ByProvider {

		@Autowired
		ObjectProvider<OpenAiChatModel> provider;

	}

	static class ByOptional {

		@Autowired
		Optional<OpenAiChatModel> optional;

	}

	static class LazyPlace {

		@Autowired
		@Lazy
		NamedModel model;

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		OpenAiChatModel one() {
			return OpenAi.chatModel();
		}

		@Bean
		OpenAiChatModel two() {
			return OpenAi.chatModel();
		}

	}

	static class ByName {

		@Autowired
		OpenAiChatModel two;

		@Autowired
		@Qualifier("one")
		OpenAiChatModel any;

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoWithPrimary {

		@Bean
		OpenAiChatModel one() {
			return OpenAi.chatModel();
		}

		@Bean
		@Primary
		OpenAiChatModel two() {
			return OpenAi.chatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoWithFallback {

		@Bean
		OpenAiChatModel one() {
			return OpenAi.chatModel();
		}

		@Bean
		@Fallback
		OpenAiChatModel two() {
			return OpenAi.chatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		Holder holder(@Qualifier("one") OpenAiChatModel model) {
			return new Holder(model);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneUncached {

		@Bean
		OpenAiChatModel decorated() {
			return OpenAi.chatModel();
		}

		@Bean
		@Uncached
		OpenAiChatModel raw() {
			return OpenAi.chatModel();
		}

	}

	static class ByNameOfBoth {

		@Autowired
		OpenAiChatModel raw;

		@Autowired
		@Qualifier("decorated")
		OpenAiChatModel decorated;

	}

	static class Parent extends CountingChatModel {

	}

	static class Child extends Parent {

	}

	@Configuration(proxyBeanMethods = false)
	static class Related {

		@Bean
		Parent decorated() {
			return new Parent();
		}

		@Bean
		@Uncached
		Child uncached() {
			return new Child();
		}

	}

	static class ByRelatedClass {

		@Autowired
		Child model;

	}

	interface Greeter {

		String greeting();

	}

	abstract static class AbstractNamedModel extends CountingChatModel {

	}

	static class NamedModel extends AbstractNamedModel implements Greeter {

		@Override
		public String greeting() {
			return "hello";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Named {

		@Bean
		NamedModel named() {
			return new NamedModel();
		}

	}

	static class ByOwnInterface {

		@Autowired
		Greeter greeter;

		@Autowired
		AbstractNamedModel abstractModel;

	}

	@Configuration(proxyBeanMethods = false)
	static class ByOwnInterfaceAmongOthers {

		@Autowired
		Greeter other;

		@Bean
		static Greeter other() {
			return () -> "other";
		}

	}

	static class ByList {

		@Autowired
		List<OpenAiChatModel> models;

	}

	static class ByMap {

		@Autowired
		Map<String, OpenAiChatModel> models;

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope("prototype")
		OpenAiChatModel model() {
			return OpenAi.chatModel();
		}

	}

	static class ByPrototype {

		@Autowired
		OpenAiChatModel one;

		@Autowired
		OpenAiChatModel other;

	}

}
