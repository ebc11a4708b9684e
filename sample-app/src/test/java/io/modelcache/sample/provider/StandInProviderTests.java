package io.modelcache.sample.provider;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stand-in provider as Spring AI's real OpenAI client sees it, without any cache.
 */
class StandInProviderTests {

	private static final StandInProperties AT_ONCE = new StandInProperties(0, Duration.ZERO, Duration.ZERO);

	private static final OpenAiChatOptions SOME_MODEL = OpenAiChatOptions.builder().model("some-model").build();

	private static StandInProvider provider;

	private static OpenAiChatModel chatModel;

	private static OpenAiEmbeddingModel embeddingModel;

	@BeforeAll
	static void connect() {
		provider = StandInProvider.start(AT_ONCE);
		chatModel = OpenAiChatModel.builder()
			.options(SOME_MODEL.mutate().baseUrl(provider.baseUrl()).apiKey("stand-in").maxRetries(0).build())
			.build();
		embeddingModel = OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder()
				.baseUrl(provider.baseUrl())
				.apiKey("stand-in")
				.maxRetries(0)
				.model("some-embedding-model")
				.build())
			.build();
	}

	@AfterAll
	static void close() {
		provider.close();
	}

	@Test
	void saysThatItIsNoLanguageModel() {
		assertThat(text(chatModel.call(new Prompt("Who are you?")))).contains("Who are you?")
			.contains("stand-in provider of this sample, not a language model");
	}

	@Test
	void givesTheSameAnswerToTheSameQuestionOnly() {
		String answer = text(chatModel.call(new Prompt("What is a cache?")));
		assertThat(text(chatModel.call(new Prompt("What is a cache?")))).isEqualTo(answer);
		assertThat(text(chatModel.call(new Prompt("What is a cash?")))).isNotEqualTo(answer);
	}

	@Test
	void tellsModelUsageAndFinishReason() {
		ChatResponse response = chatModel.call(new Prompt("Three words, please"));
		assertThat(response.getMetadata().getModel()).isEqualTo("some-model");
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(3);
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isGreaterThan(10);
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualToIgnoringCase("stop");
	}

	@Test
	void streamsTheSameAnswerWordByWordAndThenTheUsage() {
		List<ChatResponse> chunks = chatModel.stream(new Prompt("Stream this")).collectList().block();
		String streamed = String.join("",
				chunks.stream().filter((chunk) -> chunk.getResult() != null).map(this::text).toList());
		assertThat(streamed).isEqualTo(text(chatModel.call(new Prompt("Stream this"))));
		assertThat(chunks).hasSizeGreaterThan(10);
		ChatResponse last = chunks.get(chunks.size() - 1);
		assertThat(last.getResults()).isEmpty();
		assertThat(last.getMetadata().getUsage().getPromptTokens()).isEqualTo(2);
	}

	@Test
	void wantsAToolCalledThatTheQuestionNames() {
		ChatResponse response = chatModel.call(promptWithTools("What is the weather in Paris?"));
		ToolCall toolCall = response.getResult().getOutput().getToolCalls().get(0);
		assertThat(toolCall.name()).isEqualTo("weather");
		assertThat(toolCall.arguments()).isEqualTo("{\"city\":\"Paris\"}");
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualToIgnoringCase("tool_calls");
	}

	@Test
	void wantsNoToolCalledThatTheQuestionDoesNotName() {
		ChatResponse response = chatModel.call(promptWithTools("What time is it in Paris?"));
		assertThat(response.hasToolCalls()).isFalse();
	}

	@Test
	void streamsAToolCall() {
		List<ChatResponse> chunks = chatModel.stream(promptWithTools("What is the weather in Oslo?"))
			.collectList()
			.block();
		assertThat(chunks.stream()
			.filter(ChatResponse::hasToolCalls)
			.map((chunk) -> chunk.getResult().getOutput().getToolCalls().get(0).arguments()))
			.containsExactly("{\"city\":\"Oslo\"}");
	}

	@Test
	void answersWithTheResultOfTheToolWhenItWasCalled() {
		long before = provider.calls().chat();
		String answer = ChatClient.create(chatModel)
			.prompt("What is the weather in Rome?")
			.tools(new Weather())
			.call()
			.content();
		assertThat(answer).contains("stand-in").contains("21 °C in Rome");
		assertThat(provider.calls().chat() - before).isEqualTo(2);
	}

	@Test
	void embedsTheSameTextAlwaysAlike() {
		float[] vector = embeddingModel.embed("a text");
		assertThat(vector).hasSize(1536).isEqualTo(WordVectors.of("a text", 1536));
		assertThat(embeddingModel.embed("a text")).isEqualTo(vector);
	}

	@Test
	void embedsABatchInTheOrderAskedAndInOneCall() {
		long before = provider.calls().embeddings();
		EmbeddingResponse response = embeddingModel.embedForResponse(List.of("one", "two words"));
		assertThat(response.getResults().get(0).getOutput()).isEqualTo(WordVectors.of("one", 1536));
		assertThat(response.getResults().get(1).getOutput()).isEqualTo(WordVectors.of("two words", 1536));
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(3);
		assertThat(provider.calls().embeddings() - before).isEqualTo(1);
	}

	@Test
	void embedsWithTheDimensionsAndTheEncodingAskedFor() {
		for (var encoding : OpenAiEmbeddingOptions.EncodingFormat.values()) {
			EmbeddingResponse response = embeddingModel.call(new EmbeddingRequest(List.of("short"),
					OpenAiEmbeddingOptions.builder().dimensions(256).encodingFormat(encoding).build()));
			assertThat(response.getResult().getOutput()).isEqualTo(WordVectors.of("short", 256));
		}
	}

	@ParameterizedTest
	@CsvSource({ "/chat/completions, {}, it has no messages", "/embeddings, {}, it has no input",
			"/embeddings, 'no JSON', Unrecognized token 'no'" })
	void refusesWhatItCannotReadAndSaysWhy(String path, String body, String reason) {
		RestTestClient.bindToServer()
			.baseUrl(provider.baseUrl())
			.build()
			.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.message")
			.value(String.class, (message) -> assertThat(message).contains(reason));
	}

	private Prompt promptWithTools(String question) {
		return new Prompt(question, SOME_MODEL.mutate().toolCallbacks(ToolCallbacks.from(new Weather())).build());
	}

	private String text(ChatResponse response) {
		String text = response.getResult().getOutput().getText();
		return (text != null) ? text : "";
	}

	/**
	 * A tool.
	 */
	static class Weather {

		@Tool
		String weather(String city) {
			return "21 °C in " + city;
		}

	}

}
