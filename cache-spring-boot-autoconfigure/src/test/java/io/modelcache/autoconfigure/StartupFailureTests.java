package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import jakarta.annotation.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a start-up which fails prints one message that says what to type.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	private static final String OPEN_AI = "org.springframework.ai.openai.OpenAiChatModel";

	private final Application application = Application.of(OneModel.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					modelcache.provider               | banana  | one of caffeine, jdbc, redis, semantic, custom, none.
					modelcache.embedding.provider     | in-time | one of caffeine, jdbc, redis, semantic, custom, none.
					modelcache.ttl                    | -1d     | a positive duration such as 1d, 8h or 30m, or to none for
					modelcache.ttl                    | 0       | a positive duration such as 1d, 8h or 30m, or to none for
					modelcache.chat.ttl               | banana  | a positive duration such as 1d, 8h or 30m, or to none for
					modelcache.embedding.ttl          | -0s     | a positive duration such as 1d, 8h or 30m, or to none for
					modelcache.models.model.ttl       | 1 day   | a positive duration such as 1d, 8h or 30m, or to none for
					modelcache.max-entry-size         | banana  | a size such as 1MB or 64KB.
					modelcache.caffeine.maximum-weight| 64 M    | a size such as 1MB or 64KB.
					modelcache.concrete-injection     | panic   | one of warn, fail.
					modelcache.chat.non-deterministic | maybe   | one of cache, bypass.
					modelcache.embedding.batch-size   | few     | a whole number.
					modelcache.strict                 | perhaps | true or false.
					modelcache.enabled                | ture    | true or false.
					modelcache.jdbc.migration         | liquid  | one of flyway, validate, none.
					modelcache.jdbc.fail-fast         | never   | true or false.
					modelcache.guard.timeout          | fast    | a duration such as 200ms, 10s or 1h.
					modelcache.near-ttl               | 1 day   | a duration such as 200ms, 10s or 1h.
					modelcache.stale-retention        | banana  | a duration such as 200ms, 10s or 1h.
					modelcache.jdbc.purge-interval    | x       | a duration such as 200ms, 10s or 1h.
					modelcache.single-flight.lease    | x       | a duration such as 200ms, 10s or 1h.
					modelcache.single-flight.max-wait | banana  | a positive duration such as 500ms or 30s, or to none for as long as
					modelcache.single-flight.max-wait | 0s      | a positive duration such as 500ms or 30s, or to none for as long as
					""")
	void aValueThatCannotBeRead(String property, String value, String advice, CapturedOutput output) {
		this.application.fail(property + "=" + value);
		assertFailure(output, "The property %s cannot be '%s' (\"%s\" from property source \"commandLineArgs\")."
			.formatted(property, value, property), "Set it to " + advice);
	}

	@Test
	void theWaitOfOneModelThatCannotBeRead(CapturedOutput output) {
		this.application.fail("modelcache.models.model.singleFlight.maxWait=banana");
		assertFailure(output, "The property modelcache.models.model.single-flight.max-wait cannot be 'banana'",
				"Set it to a positive duration such as 500ms or 30s, or to none for as long as it takes.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					modelcache.max-entry-size              | -1MB | A size must be positive, such as 1MB or 64KB.
					modelcache.max-entry-size              | 0B   | A size must be positive, such as 1MB or 64KB.
					modelcache.caffeine.maximum-weight     | -5   | A size must be positive, such as 1MB or 64KB.
					modelcache.models.model.max-entry-size | -1   | A size must be positive, such as 1MB or 64KB.
					modelcache.embedding.batch-size        | -1   | A batch size must be positive, or 0 for all missing texts
					modelcache.models.model.batch-size     | -1   | A batch size must be positive, or 0 for all missing texts
					modelcache.jdbc.table-prefix           | a-b  | A name is a letter or an underscore, then up to 39 letters
					modelcache.jdbc.table-prefix           | x;-- | A name is a letter or an underscore, then up to 39 letters
					modelcache.jdbc.schema                 | a"b  | A name is a letter or an underscore, then up to 39 letters
					modelcache.guard.timeout               | 99999999999999d | The time must be at most a hundred years, such as 200ms.
					modelcache.near-ttl                    | 99999999999999d | The time must be at most a hundred years, such as 1m.
					modelcache.near-ttl                    | 0s   | The time must be at least a millisecond, such as 1m.
					modelcache.semantic.threshold          | 92   | A threshold is a cosine similarity, such as 0.92
					modelcache.semantic.shadow-rate        | 2    | A share is a number from 0 to 1, such as 0.02.
					modelcache.semantic.max-error-rate     | -1   | A share is a number from 0 to 1, such as 0.02.
					modelcache.semantic.max-input          | 0    | Write a number of at least 1.
					modelcache.semantic.max-turns          | 0    | Write a number of at least 1.
					modelcache.semantic.maximum-entries    | 0    | Write a number of at least 1.
					modelcache.semantic.store              | none | Write where the answers live: caffeine, jdbc, redis or custom.
					modelcache.jdbc.schema                 | 1st  | A name is a letter or an underscore, then up to 39 letters
					""")
	void aNumberThatMakesNoSense(String property, String value, String advice, CapturedOutput output) {
		this.application.fail(property + "=" + value);
		assertFailure(output, "Invalid value '%s' for configuration property '%s'".formatted(value, property), advice);
	}

	@ParameterizedTest
	@ValueSource(strings = { "modelcache.provider", "modelcache.chat.provider", "modelcache.models.model.provider" })
	void meaningWithoutAnEmbeddingModel(String property, CapturedOutput output) {
		this.application.fail(property + "=semantic");
		assertFailure(output,
				"The property %s is set to semantic, but there is no bean of type EmbeddingModel".formatted(property),
				"declare a bean of type EmbeddingModel");
	}

	@Test
	void aProviderThatCannotBeUsedByAModelThatIsNotCreatedYet(CapturedOutput output) {
		Application.of(LazyModel.class).fail("modelcache.models.model.provider=semantic");
		assertFailure(output, "The property modelcache.models.model.provider is set to semantic, but",
				"declare a bean of type EmbeddingModel");
	}

	@Test
	void aProviderWhoseLibraryIsMissing(CapturedOutput output) {
		this.application.with(new FilteredClassLoader("com.github.benmanes.caffeine")).fail();
		assertFailure(output,
				"The property modelcache.provider is set to caffeine, but the Caffeine library is not on the class path.",
				"Add this dependency", "<groupId>com.github.ben-manes.caffeine</groupId>",
				"<artifactId>caffeine</artifactId>");
	}

	@Test
	void theStoreOfTheApplicationThatIsMissing(CapturedOutput output) {
		this.application.fail("modelcache.provider=custom");
		assertFailure(output,
				"The property modelcache.provider is set to custom, but there is no bean of type io.modelcache.store.CacheStore",
				"Declare one:", "CacheStore cacheStore() {");
	}

	@Test
	void theStoreOfTheApplicationThatIsMissingForAModelThatIsNotCreatedYet(CapturedOutput output) {
		Application.of(LazyModel.class).fail("modelcache.chat.provider=custom");
		assertFailure(output, "The property modelcache.chat.provider is set to custom, but there is no bean",
				"Declare one:");
	}

	@Test
	void theStoresOfTheApplicationOfWhichNoneIsPrimary(CapturedOutput output) {
		Application.of(OneModel.class, TwoStores.class).fail("modelcache.provider=custom");
		assertFailure(output, "there are several beans of type io.modelcache.store.CacheStore, one, two, and none",
				"Mark the one to use as @Primary.");
	}

	@Test
	void settingsOfAnUnknownBeanIfThatMustFail(CapturedOutput output) {
		this.application.fail("modelcache.models.modle.ttl=1h", "modelcache.strict=true");
		assertFailure(output,
				"modelcache.models.modle is set, but there is no model bean of that name; did you mean 'model'?",
				"modelcache.strict=true makes this fail.", "Write modelcache.models.model instead, or remove");
	}

	@Test
	void aPropertyThatNothingReadsIfThatMustFail(CapturedOutput output) {
		this.application.fail("modelcache.scpoe=principal", "modelcache.strict=true");
		assertFailure(output, "modelcache.scpoe is set", "but nothing reads it; did you mean 'modelcache.scope'?",
				"modelcache.strict=true makes this fail.", "Write modelcache.scope instead, or remove the property.");
	}

	@Test
	void settingsOfABeanThatIsLikeNoOther(CapturedOutput output) {
		this.application.fail("modelcache.models.quiteAnother.ttl=1h", "modelcache.strict=true");
		assertFailure(output, "there is no model bean of that name; the model beans are model",
				"Remove the settings, or declare the bean.");
	}

	@Test
	void anInjectionByClassIfThatMustFail(CapturedOutput output) {
		Application.of(OneModel.class, ByClass.class).fail("modelcache.concrete-injection=fail");
		assertFailure(output,
				"The model bean 'model' is injected as %s into %s.model.".formatted(OPEN_AI, ByClass.class.getName()),
				"It would bypass the cache there, which modelcache.concrete-injection=fail forbids.",
				"Write ChatModel instead of OpenAiChatModel where the bean is injected or looked up, with "
						+ "@Qualifier(\"model\") if there are several.",
				"mark it @Uncached or set modelcache.models.model.provider=none.");
	}

	@Test
	void anInjectionByClassOfAllBeans(CapturedOutput output) {
		Application.of(ConcreteInjectionTests.Two.class, ConcreteInjectionTests.ByList.class).fail();
		assertFailure(output, "All beans of type %s are to be injected into".formatted(OPEN_AI),
				"but 'one', 'two' cannot be found by that type",
				"Inject a List, Map or ObjectProvider of ChatModel or EmbeddingModel instead of OpenAiChatModel.");
	}

	@Test
	void anInjectionByClassOfSeveralBeansIsExplainedByTheirNames(CapturedOutput output) {
		Application.of(ConcreteInjectionTests.Two.class, ByClass.class).fail();
		assertFailure(output, "required a single bean, but 2 were found:", "- one: defined by method 'one'",
				"- two: defined by method 'two'", "or using @Qualifier");
	}

	@Test
	void anInjectionByClassOfTheProductOfAFactory(CapturedOutput output) {
		Application.of(FactoryBeanTests.OfClass.class, FactoryBeanTests.ByClass.class).fail();
		assertFailure(output, "The model bean 'model' was looked for as " + CountingChatModel.class.getName(),
				"Write ChatModel instead of CountingChatModel");
	}

	@Test
	void anInjectionByClassOfATargetOfAScopedProxy(CapturedOutput output) {
		Application.of(ScopeTests.ConversationScope.class, ScopeTests.ByClass.class, FactoryBeanTests.ByClass.class)
			.fail();
		assertFailure(output, "The model bean 'model' was looked for as " + CountingChatModel.class.getName(),
				"Write ChatModel instead of CountingChatModel");
	}

	@Test
	void anInjectionByClassFromAParentContext(CapturedOutput output) {
		try (ConfigurableApplicationContext parent = this.application.start()) {
			SpringApplicationBuilder child = new SpringApplicationBuilder(ByClass.class).parent(parent);
			assertThatException().isThrownBy(() -> child.run("--spring.main.banner-mode=off"));
		}
		assertFailure(output, "The model bean 'model' was looked for as " + OPEN_AI,
				"Write ChatModel instead of OpenAiChatModel");
	}

	@Test
	void anInjectionByClassAndName(CapturedOutput output) {
		Application.of(OneModel.class, ByClassAndName.class).fail();
		assertFailure(output, "The model bean 'model' was looked for as " + OPEN_AI,
				"Write ChatModel instead of OpenAiChatModel");
	}

	@Test
	void aLookUpByClass(CapturedOutput output) {
		Application.of(OneModel.class, LookUp.class).fail();
		assertFailure(output,
				"The model bean 'model' was looked for as %s, but a cache is around it that is not of that type."
					.formatted(OPEN_AI),
				"Write ChatModel instead of OpenAiChatModel");
	}

	@Test
	void aBeanThatIsMissingWithoutOurDoingIsLeftToSpringBoot(CapturedOutput output) {
		Application.of(ByClass.class).fail();
		assertFailure(output, "required a bean of type '%s' that could not be found.".formatted(OPEN_AI),
				"Consider defining a bean of type");
	}

	@Test
	void aQualifierThatIsWrongWithoutOurDoingIsLeftToSpringBoot(CapturedOutput output) {
		Application.of(OneModel.class, WronglyQualified.class).fail();
		assertFailure(output, "@org.springframework.beans.factory.annotation.Qualifier(\"modle\")");
	}

	@Test
	void aPropertyOfOthersThatCannotBeReadIsLeftToSpringBoot(CapturedOutput output) {
		this.application.fail("spring.main.lazy-initialization=perhaps");
		assertThat(output).contains("Failed to bind properties under 'spring.main");
	}

	private static void assertFailure(CapturedOutput output, String... parts) {
		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START");
		assertThat(output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START")))
			.contains("Description:", "Action:")
			.contains(parts)
			.doesNotContain("\tat ", "DefaultValue");
	}

	@Configuration(proxyBeanMethods = false)
	static class OneModel {

		@Bean
		OpenAiChatModel model() {
			return OpenAi.chatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyModel {

		@Bean
		@Lazy
		ChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoStores {

		@Bean
		CacheStore one() {
			return CaffeineCacheStore.ofMaximumWeight(1_000_000);
		}

		@Bean
		CacheStore two() {
			return CaffeineCacheStore.ofMaximumWeight(1_000_000);
		}

	}

	static class ByClass {

		@Autowired
		OpenAiChatModel model;

	}

	static class ByClassAndName {

		@Resource
		OpenAiChatModel model;

	}

	static class WronglyQualified {

		@Autowired
		@Qualifier("modle")
		OpenAiChatModel model;

	}

	static class LookUp {

		LookUp(ApplicationContext context) {
			context.getBean(OpenAiChatModel.class);
		}

	}

}
