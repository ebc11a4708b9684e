package io.modelcache.sample;

import io.modelcache.CacheStatus;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Profile {@code redis}: answers that outlive the process.
 */
class RedisProfileIT {

	/**
	 * The address of the provider is part of the key.
	 */
	private static final int PORT = TestSocketUtils.findAvailableTcpPort();

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	@Test
	void afterARestartTheFirstQuestionIsAHit() {
		assertThat(ask().hit()).isFalse();
		CacheStatus afterwards = ask();
		assertThat(afterwards.hit()).isTrue();
		assertThat(afterwards.layer()).contains("redis");
	}

	private static CacheStatus ask() {
		try (ConfigurableApplicationContext sample = new SpringApplicationBuilder(SampleApplication.class)
			.profiles("redis")
			.run("--server.port=0", "--spring.ai.openai.api-key=", "--sample.provider.chat-delay=0ms",
					"--sample.provider.port=" + PORT, "--sample.demo.enabled=false",
					"--spring.data.redis.port=" + server.port())) {
			return CacheStatus
				.of(sample.getBean(ChatClient.class).prompt("What outlives a process?").call().chatResponse());
		}
	}

}
