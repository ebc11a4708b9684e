package io.modelcache.sample;

import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Profile {@code postgresql}: answers on a server, and their questions for people to
 * search.
 */
class PostgreSqlProfileIT {

	private static final int PORT = TestSocketUtils.findAvailableTcpPort();

	@Test
	void afterARestartTheFirstQuestionIsAHitAndCanBeSearchedFor() throws Exception {
		TestDatabase database = PostgreSqlServer.createDatabase();
		try (ConfigurableApplicationContext sample = start(database)) {
			assertThat(ask(sample).hit()).isFalse();
		}
		try (ConfigurableApplicationContext sample = start(database)) {
			assertThat(ask(sample).hit()).isTrue();
			assertThat(sample.getBean(ModelCacheManager.class).search("process outlives", 5))
				.extracting((question) -> question.text())
				.containsExactly("What outlives a process?");
		}
	}

	private static ConfigurableApplicationContext start(TestDatabase database) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles("postgresql")
			.run("--server.port=0", "--spring.ai.openai.api-key=", "--sample.provider.chat-delay=0ms",
					"--sample.provider.port=" + PORT, "--sample.demo.enabled=false",
					"--modelcache.jdbc.url=" + database.url(), "--modelcache.jdbc.username=" + database.username(),
					"--modelcache.jdbc.password=" + database.password());
	}

	private static CacheStatus ask(ConfigurableApplicationContext sample) {
		return CacheStatus
			.of(sample.getBean(ChatClient.class).prompt("What outlives a process?").call().chatResponse());
	}

}
