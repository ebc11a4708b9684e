package io.modelcache.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/**
 * The real models of OpenAI, and a stand-in on loopback that counts how often they ask.
 */
final class OpenAi implements AutoCloseable {

	private static final String ANSWER = """
			{"id": "chat-%1$d", "object": "chat.completion", "created": 1, "model": "gpt",
			"choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
			"message": {"role": "assistant", "content": "answer %1$d", "refusal": null}}],
			"usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}""";

	private final AtomicInteger calls = new AtomicInteger();

	private final HttpServer server;

	private OpenAi(HttpServer server) {
		this.server = server;
	}

	/**
	 * Start the stand-in.
	 */
	static OpenAi start() throws IOException {
		OpenAi provider = new OpenAi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
		provider.server.createContext("/v1/chat/completions", (exchange) -> {
			byte[] body = ANSWER.formatted(provider.calls.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
			exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		provider.server.start();
		return provider;
	}

	/**
	 * Make a chat model that nobody answers.
	 */
	static OpenAiChatModel chatModel() {
		return chatModel("http://127.0.0.1:1/v1");
	}

	private static OpenAiChatModel chatModel(String baseUrl) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().apiKey("none").baseUrl(baseUrl).model("gpt").maxRetries(0).build())
			.build();
	}

	/**
	 * Make an embedding model that nobody answers.
	 */
	static OpenAiEmbeddingModel embeddingModel() {
		return OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder()
				.apiKey("none")
				.baseUrl("http://127.0.0.1:1/v1")
				.model("text-embedding")
				.maxRetries(0)
				.build())
			.build();
	}

	/**
	 * Make a chat model that the stand-in answers.
	 */
	OpenAiChatModel answeredChatModel() {
		return chatModel("http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1");
	}

	/**
	 * Return how often the stand-in was asked.
	 */
	int calls() {
		return this.calls.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
