package io.modelcache.sample.demo;

import io.modelcache.sample.SampleTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demonstration at start-up.
 */
@SampleTest
@ExtendWith(OutputCaptureExtension.class)
class DemoTests {

	@Test
	void everySecondAnswerIsAHit(@Autowired ChatClient chatClient, @Autowired EmbeddingModel embeddingModel,
			CapturedOutput output) {
		new Demo(chatClient, embeddingModel).run(new DefaultApplicationArguments());
		assertThat(output.getOut().lines().filter((line) -> line.endsWith(" x"))).hasSize(4)
			.allSatisfy((row) -> assertThat(row).matches(".* ms +miss .* ms +hit .*"));
	}

}
