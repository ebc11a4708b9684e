package io.modelcache.sample;

import java.nio.file.Path;

import io.modelcache.CacheStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Profile {@code jdbc}: answers in a file that outlive the process.
 */
@ExtendWith(OutputCaptureExtension.class)
class JdbcProfileTests {

	private static final int PORT = TestSocketUtils.findAvailableTcpPort();

	@TempDir
	Path directory;

	@Test
	void afterARestartTheFirstQuestionIsAHit(CapturedOutput output) {
		assertThat(ask("--sample.demo.enabled=true").hit()).isFalse();
		assertThat(output).contains("the stand-in provider answers, answers are kept in jdbc");
		CacheStatus afterwards = ask("--sample.demo.enabled=false");
		assertThat(afterwards.hit()).isTrue();
		assertThat(afterwards.layer()).isEqualTo("jdbc");
	}

	private CacheStatus ask(String demo) {
		try (ConfigurableApplicationContext sample = new SpringApplicationBuilder(SampleApplication.class)
			.profiles("jdbc")
			.run("--server.port=0", "--spring.ai.openai.api-key=", "--sample.provider.chat-delay=0ms",
					"--sample.provider.port=" + PORT, "--sample.provider.embedding-delay=0ms", demo,
					"--modelcache.jdbc.url=jdbc:h2:file:" + this.directory.resolve("answers"))) {
			return CacheStatus
				.of(sample.getBean(ChatClient.class).prompt("What outlives a process?").call().chatResponse());
		}
	}

}
