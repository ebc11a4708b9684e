package io.modelcache.chat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.modelcache.CacheScope;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicCitationDocument;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiThinkingLevel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that keys are what they were yesterday: a store outlives the process that filled
 * it.
 */
class GoldenFingerprintTests {

	private static final Path GOLDEN = Path.of("src/test/resources/io/modelcache/chat/fingerprints.txt");

	private static final String REGENERATE = "modelcache.golden.write";

	private static final String WHY = """
			Keys have changed. Every entry that is stored anywhere under the old key is lost, and two instances \
			of the old and the new version do not share answers. If that is meant, raise VERSION in \
			ChatFingerprinter, say so in CHANGELOG.md and write the file anew:
			mvn -pl cache-core test -Dtest=GoldenFingerprintTests -Dmodelcache.golden.write=true
			""";

	private static final List<Message> QUESTION = List.of(new UserMessage("What is Spring?"));

	@Test
	void keysAreWhatTheyWereYesterday() throws IOException {
		String now = requests().entrySet()
			.stream()
			.map((each) -> "%-40s | %s%n".formatted(each.getKey(), each.getValue().toHex()))
			.collect(Collectors.joining())
			.replace(System.lineSeparator(), "\n");
		if (Boolean.getBoolean(REGENERATE)) {
			Files.writeString(GOLDEN, now);
		}
		assertThat(now).as(WHY).isEqualTo(Files.readString(GOLDEN).replace("\r\n", "\n"));
	}

	private static Map<String, Fingerprint> requests() {
		Map<String, Fingerprint> keys = new LinkedHashMap<>();
		providers().forEach((name, model) -> keys.put(name, key(model, QUESTION, null)));
		options().forEach((name, options) -> keys.put(name, key(openAi(), QUESTION, options)));
		conversations().forEach((name, messages) -> keys.put(name, key(openAi(), messages, null)));
		keys.put("scope",
				fingerprinter("", null, KeyHash.SHA_256).fingerprint(CacheScope.of("a"), QUESTION, null, null));
		keys.put("variant",
				fingerprinter("", null, KeyHash.SHA_256).fingerprint(CacheScope.SHARED, QUESTION, null, "a"));
		keys.put("namespace", Keys.of(fingerprinter("v2", null, KeyHash.SHA_256)));
		keys.put("model id", Keys.of(fingerprinter("", "mine", KeyHash.SHA_256)));
		keys.put("key-secret", Keys.of(fingerprinter("", null, KeyHash.hmac("secret"))));
		return keys;
	}

	private static Map<String, ChatModel> providers() {
		Map<String, ChatModel> models = new LinkedHashMap<>();
		models.put("OpenAI", openAi());
		models.put("Anthropic",
				AnthropicChatModel.builder()
					.options(AnthropicChatOptions.builder().apiKey("k").baseUrl("http://localhost").model("m").build())
					.build());
		models.put("Ollama",
				OllamaChatModel.builder()
					.ollamaApi(OllamaApi.builder().baseUrl("http://localhost").build())
					.options(OllamaChatOptions.builder().model("m").build())
					.build());
		models.put("Google",
				GoogleGenAiChatModel.builder()
					.genAiClient(Client.builder()
						.apiKey("k")
						.httpOptions(HttpOptions.builder().baseUrl("http://localhost").build())
						.build())
					.options(GoogleGenAiChatOptions.builder().model("m").build())
					.build());
		return models;
	}

	private static Map<String, ChatOptions> options() {
		Map<String, ChatOptions> options = new LinkedHashMap<>();
		options.put("portable options", ChatOptions.builder().model("m").temperature(0.5).topK(3).build());
		options.put("OpenAI options",
				OpenAiChatOptions.builder()
					.model("gpt-4o")
					.temperature(0.5)
					.stop(List.of("END"))
					.toolChoice("auto")
					.customHeaders(Map.of("X-A", "1", "X-B", "2"))
					.extraBody(Map.of("top_k", 3, "nested", Map.of("deep", List.of(1, 2.5, true, "x"))))
					.toolCallbacks(Samples.tool("one"), Samples.tool("two"))
					.outputSchema("{\"type\":\"object\"}")
					.build());
		options.put("Anthropic options",
				AnthropicChatOptions.builder()
					.model("claude")
					.thinkingEnabled(2048)
					.toolChoice(SdkOptionsTests.anthropicTool("one"))
					.citationDocuments(AnthropicCitationDocument.builder().pdf(new byte[] { 1, 2 }).build())
					.outputSchema("{\"enum\":[1,\"1\"]}")
					.build());
		options.put("Ollama options",
				OllamaChatOptions.builder().model("llama").thinkLow().tfsZ(0.5f).format(Map.of("a", 1)).build());
		options.put("Google options",
				GoogleGenAiChatOptions.builder()
					.model("gemini")
					.thinkingLevel(GoogleGenAiThinkingLevel.LOW)
					.labels(Map.of("a", "b"))
					.build());
		return options;
	}

	private static Map<String, List<Message>> conversations() {
		Map<String, List<Message>> conversations = new LinkedHashMap<>();
		conversations.put("system and user", List.of(new SystemMessage("Be brief."), QUESTION.get(0)));
		conversations.put("long and wide text",
				List.of(new UserMessage("Z\u00fcrich ".repeat(300) + "\u4e2d\u6587 \ud83d\ude00 \ud83d")));
		conversations.put("image by content", List.of(UserMessage.builder()
			.text("Look")
			.media(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource("png".getBytes(StandardCharsets.UTF_8))))
			.build()));
		conversations.put("image by address",
				List.of(UserMessage.builder()
					.text("Look")
					.media(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/1.png")))
					.build()));
		conversations.put("second round of a tool",
				List.of(QUESTION.get(0),
						AssistantMessage.builder()
							.content("")
							.properties(Map.of("reasoningContent", "hm", "thoughtSignatures", List.of(new byte[] { 1 }),
									"openai.tool_calls.additional_properties", Map.of("call_1", "{\"a\":1}")))
							.toolCalls(List.of(new ToolCall("call_1", "function", "weather", "{}")))
							.build(),
						ToolResponseMessage.builder()
							.responses(List.of(new ToolResponse("call_1", "weather", "warm")))
							.build()));
		return conversations;
	}

	private static ChatModel openAi() {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().apiKey("k").baseUrl("http://localhost").model("m").build())
			.build();
	}

	private static Fingerprint key(ChatModel model, List<Message> messages, ChatOptions options) {
		ChatOptions effective = (options != null) ? options : model.getOptions();
		return Keys.of(model).fingerprint(CacheScope.SHARED, messages, effective, null);
	}

	private static ChatFingerprinter fingerprinter(String namespace, String modelId, KeyHash hash) {
		return new ChatFingerprinter(openAi(), Keys.settings("bean", namespace, modelId), hash);
	}

}
