package io.modelcache.sample.provider;

import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When the stand-in provider starts, and when it does not.
 */
class StandInProviderInitializerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new StandInProviderInitializer());

	@Test
	void withoutAKeyTheClientTalksToTheStandIn() {
		this.contextRunner.withPropertyValues("spring.ai.openai.api-key=").run((context) -> {
			StandInProvider provider = context.getBean(StandInProvider.class);
			assertThat(context.getEnvironment().getProperty("spring.ai.openai.base-url"))
				.startsWith("http://127.0.0.1:")
				.isEqualTo(provider.baseUrl());
			assertThat(context.getEnvironment().getProperty("spring.ai.openai.api-key")).isEqualTo("stand-in");
		});
	}

	@Test
	void itEndsWithTheApplication() {
		AtomicReference<String> address = new AtomicReference<>();
		this.contextRunner
			.run((context) -> address.set(context.getEnvironment().getProperty("spring.ai.openai.base-url")));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> URI.create(address.get()).toURL().openConnection().connect());
	}

	@Test
	void aNegativeDelayIsRefusedByName() {
		this.contextRunner.withPropertyValues("sample.provider.chat-delay=-1s")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage("sample.provider.chat-delay must not be negative"));
	}

	@Test
	void withAKeyNoStandInStarts() {
		this.contextRunner
			.withPropertyValues("spring.ai.openai.api-key=a-key",
					"spring.ai.openai.base-url=http://provider.example/v1")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(StandInProvider.class);
				assertThat(context.getEnvironment().getProperty("spring.ai.openai.base-url"))
					.isEqualTo("http://provider.example/v1");
			});
	}

}
