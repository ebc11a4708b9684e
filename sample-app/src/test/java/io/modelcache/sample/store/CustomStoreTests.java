package io.modelcache.sample.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;

import io.modelcache.CacheStatus;
import io.modelcache.sample.SampleTest;
import io.modelcache.store.CacheStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Shows what it takes to use a store of one's own: a bean and a property.
 */
@SampleTest
@TestPropertySource(properties = "modelcache.provider=custom")
class CustomStoreTests {

	@TempDir
	static Path folder;

	@Autowired
	private ChatClient chatClient;

	@Test
	void theAnswersAreInTheFilesOfTheStore() {
		assertThat(ask().hit()).isFalse();
		await().untilAsserted(() -> assertThat(files()).isEqualTo(1));
		CacheStatus status = ask();
		assertThat(status.hit()).isTrue();
		assertThat(status.layer()).isEqualTo("custom");
	}

	private CacheStatus ask() {
		ChatResponse response = this.chatClient.prompt("Is this kept in a file?").call().chatResponse();
		return CacheStatus.of(response);
	}

	private static long files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> !file.toString().endsWith(".tmp")).count();
		}
	}

	/**
	 * The bean that a provider of this name is.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class FileStoreConfiguration {

		@Bean
		CacheStore fileCacheStore() {
			return new FileCacheStore(folder, InstantSource.system());
		}

	}

}
