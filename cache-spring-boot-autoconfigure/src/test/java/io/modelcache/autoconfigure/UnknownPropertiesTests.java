package io.modelcache.autoconfigure;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.modelcache.autoconfigure.endpoint.ModelCacheEndpointAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheFiguresAutoConfiguration;
import io.modelcache.testing.CountingChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withBean("chat", CountingChatModel.class);

	private final ApplicationContextRunner everything = this.context
		.withConfiguration(AutoConfigurations.of(ModelCacheFiguresAutoConfiguration.class,
				ModelCacheEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=modelcache");

	@ParameterizedTest
	@CsvSource({ "modelcache.scpoe, modelcache.scope", "modelcache.max-entrysizes, modelcache.max-entry-size",
			"modelcache.gaurd.timeout, modelcache.guard", "modelcache.guard.tiemout, modelcache.guard.timeout",
			"modelcache.semantic.treshold, modelcache.semantic.threshold", "modelcache.single-flight.max-wait.x, ",
			"modelcache.models.chat.tttl, modelcache.models.chat.ttl", "modelcache.models.chat.semantic.index, ",
			"modelcache.prizes.gpt.input, modelcache.prices",
			"modelcache.endpoint.show-content, modelcache.endpoint.show-contents", "modelcache.quite-another, " })
	void aNameThatNothingReadsIsWarnedOfWithTheNearestOne(String name, String nearest, CapturedOutput output) {
		this.everything.withPropertyValues(name + "=5 secrets").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("WARN  io.modelcache - %s is set (".formatted(name))
				.contains("but nothing reads it; " + ((nearest != null) ? "did you mean '%s'?".formatted(nearest)
						: "docs/properties.md has all properties"))
				.doesNotContain("5 secrets");
		});
	}

	@Test
	void eachPropertyIsKnown() throws IOException {
		Map<String, Object> all = new HashMap<>();
		Metadata.read().names().forEach((name) -> all.put(name, "x"));
		all.remove("modelcache.models");
		all.remove("modelcache.prices");
		PropertyAppendix.ownOfModel().forEach((name) -> all.put("modelcache.models[my.chat-model]." + name, "x"));
		all.put("modelcache.prices[gpt-5.1].input", "x");
		all.put("modelcache.semantic.languages[1]", "x");
		all.keySet().removeIf((name) -> !name.startsWith("modelcache."));
		assertThat(all).hasSizeGreaterThan(80);
		this.everything.run((context) -> assertThat(unknown(context, all)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "modelcache.endpoint.show-contents", "modelcache.prices.gpt.input", "modelcache.currency" })
	void whatTheActuatorReadsIsKnownWithoutIt(String name) {
		this.context.run((context) -> assertThat(unknown(context, Map.of(name, "x"))).isEmpty());
	}

	@Test
	void aWrongNameInAVariableOfTheEnvironmentMayBeAnothersOwn() {
		this.context
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("MODELCACHE_HOME", "x"))))
			.withPropertyValues("modelcache.strict=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void propertiesOfOthersAreNotLookedAt() {
		this.context.withPropertyValues("modelcaches.scpoe=x", "model-cache.scpoe=x", "app.modelcache.scpoe=x")
			.run((context) -> assertThat(unknown(context, Map.of())).isEmpty());
	}

	private static Stream<String> unknown(AssertableApplicationContext context, Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		List<UnknownNameException> found = UnknownProperties
			.find(context.getSourceApplicationContext().getBeanFactory(), environment);
		return found.stream().map(Throwable::getMessage);
	}

}
