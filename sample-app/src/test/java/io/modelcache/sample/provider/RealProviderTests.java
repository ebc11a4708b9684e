package io.modelcache.sample.provider;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with a key for a provider, whose part is played by a server of the test.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "OPENAI_API_KEY=a-key", "OPENAI_CHAT_MODEL=my-chat-model",
				"OPENAI_EMBEDDING_MODEL=my-embedding-model", "sample.demo.enabled=false" })
@AutoConfigureRestTestClient
class RealProviderTests {

	private static final StandInProvider ELSEWHERE = StandInProvider
		.start(new StandInProperties(0, Duration.ZERO, Duration.ZERO));

	@DynamicPropertySource
	static void address(DynamicPropertyRegistry registry) {
		registry.add("OPENAI_BASE_URL", ELSEWHERE::baseUrl);
	}

	@AfterAll
	static void close() {
		ELSEWHERE.close();
	}

	@Test
	void itIsAskedWithTheModelsOfTheEnvironment(@Autowired ChatClient chatClient,
			@Autowired EmbeddingModel embeddingModel) {
		ChatResponse answer = chatClient.prompt("Who is there?").call().chatResponse();
		assertThat(answer.getMetadata().getModel()).isEqualTo("my-chat-model");
		EmbeddingResponse embeddings = embeddingModel.embedForResponse(List.of("text"));
		assertThat(embeddings.getMetadata().getModel()).isEqualTo("my-embedding-model");
		assertThat(ELSEWHERE.calls()).isEqualTo(new ProviderCalls(1, 1));
	}

	@Test
	void noStandInStartsAndNoneIsAnnounced(@Autowired ApplicationContext context, @Autowired RestTestClient client) {
		assertThat(context.getBeansOfType(StandInProvider.class)).isEmpty();
		client.get().uri("/calls").exchange().expectBody().json("{\"standIn\":false,\"calls\":null}");
	}

}
