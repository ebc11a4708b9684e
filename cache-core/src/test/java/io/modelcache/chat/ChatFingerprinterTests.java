package io.modelcache.chat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.modelcache.CacheScope;
import io.modelcache.CacheSettings;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.UnrepresentableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link ChatFingerprinter} and {@link MessageForm}.
 */
class ChatFingerprinterTests {

	private final ChatFingerprinter fingerprinter = new ChatFingerprinter(ChatModel.class,
			new CacheSettings("bean", "caffeine", "", null, null, Duration.ZERO, 1));

	@Test
	void equalRequestsHaveEqualFingerprints() {
		assertThat(of(conversation("call_1"), options("k"))).isEqualTo(of(conversation("call_1"), options("k")));
	}

	@Test
	void theRandomIdsOfToolCallsDoNotCount() {
		assertThat(of(conversation("call_1"), null)).isEqualTo(of(conversation("call_other"), null));
	}

	@Test
	void whichCallAToolAnswersCounts() {
		List<Message> straight = List.of(calls("a", "b"), responses("a", "b"));
		List<Message> crossed = List.of(calls("a", "b"), responses("b", "a"));
		assertThat(of(straight, null)).isNotEqualTo(of(crossed, null));
		assertThat(of(straight, null)).isEqualTo(of(List.of(calls("x", "y"), responses("x", "y")), null));
	}

	@Test
	void secretsAndConnectionsDoNotCount() {
		OpenAiChatOptions other = OpenAiChatOptions.builder()
			.model("gpt")
			.apiKey("another secret")
			.timeout(java.time.Duration.ofSeconds(1))
			.maxRetries(7)
			.toolContext(Map.of("user", new Object()))
			.build();
		assertThat(of(List.of(new UserMessage("x")), other)).isEqualTo(
				of(List.of(new UserMessage("x")), OpenAiChatOptions.builder().model("gpt").apiKey("key").build()));
	}

	@Test
	void theEndpointCounts() {
		assertThat(of(List.of(new UserMessage("x")), OpenAiChatOptions.builder().baseUrl("http://a").build()))
			.isNotEqualTo(of(List.of(new UserMessage("x")), OpenAiChatOptions.builder().baseUrl("http://b").build()));
	}

	@Test
	void aToolCountsByWhatTheModelIsToldOfIt() {
		Fingerprint weather = withTool("weather", "The weather", String.class);
		assertThat(withTool("weather", "The weather", String.class)).isEqualTo(weather);
		assertThat(withTool("climate", "The weather", String.class)).isNotEqualTo(weather);
		assertThat(withTool("weather", "The climate", String.class)).isNotEqualTo(weather);
		assertThat(withTool("weather", "The weather", Integer.class)).isNotEqualTo(weather);
	}

	@Test
	void mediaCountByTheirContent() {
		Fingerprint one = of(List.of(image(1)), null);
		assertThat(of(List.of(image(1)), null)).isEqualTo(one);
		assertThat(of(List.of(image(2)), null)).isNotEqualTo(one);
		assertThat(of(List.of(new UserMessage("look")), null)).isNotEqualTo(one);
		assertThat(of(List.of(UserMessage.builder()
			.text("look")
			.media(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/1")))
			.build()), null)).isNotEqualTo(one);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void everyChangeChangesTheFingerprint(String what, Function<List<Message>, List<Message>> change) {
		List<Message> messages = conversation("call_1");
		assertThat(of(change.apply(messages), null)).as(what).isNotEqualTo(of(messages, null));
	}

	static Stream<Arguments> changes() {
		return Stream.of(change("text", 1, new UserMessage("other")), change("role", 1, new SystemMessage("question")),
				change("system text", 0, new SystemMessage("other")), change("no system text", 0, null),
				change("tool arguments", 2, assistant("call_1", "weather", "{\"city\":\"Rome\"}", Map.of())),
				change("tool name", 2, assistant("call_1", "climate", "{}", Map.of())),
				change("reasoning", 2, assistant("call_1", "weather", "{}", Map.of("reasoningContent", "hm"))),
				change("thought signatures", 2,
						assistant("call_1", "weather", "{}", Map.of("thoughtSignatures", List.of(new byte[] { 1 })))),
				change("tool call properties", 2,
						assistant("call_1", "weather", "{}",
								Map.of("openai.tool_calls.additional_properties", Map.of("call_1", "{\"a\":1}")))),
				change("tool result", 3, response("call_1", "cold")), change("one message less", 3, null));
	}

	@Test
	void metadataThatNoProviderReadsDoesNotCount() {
		List<Message> messages = new ArrayList<>(conversation("call_1"));
		Fingerprint before = of(messages, null);
		messages.set(2, assistant("call_1", "weather", "{}", Map.of("id", "random", "index", 5)));
		assertThat(of(messages, null)).isEqualTo(before);
	}

	@Test
	void scopeNamespaceClassAndIdentityCount() {
		List<Message> messages = List.of(new UserMessage("x"));
		Fingerprint base = of(messages, null);
		Fingerprint otherScope = CanonicalForm.of("scope", 1).text("name", "a").fingerprint();
		assertThat(this.fingerprinter.fingerprint(otherScope, messages, null)).isNotEqualTo(base);
		assertThat(with(String.class, "bean", "", null, messages)).isNotEqualTo(base);
		assertThat(with(ChatModel.class, "bean", "v2", null, messages)).isNotEqualTo(base);
		assertThat(with(ChatModel.class, "other", "", null, messages)).isNotEqualTo(base);
		assertThat(with(ChatModel.class, "bean", "", "id", messages)).isNotEqualTo(base);
		assertThat(with(ChatModel.class, "bean", "", null, messages)).isEqualTo(base);
	}

	@Test
	void aMessageOfAnUnknownClassIsRefused() {
		Message strange = new AssistantMessage("x") {

		};
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> of(List.of(new UserMessage("x"), strange), null))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("messages.1"));
	}

	@Test
	void mediaOfAnUnknownKindAreRefused() {
		Media media = Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(new Object()).build();
		Message message = UserMessage.builder().text("x").media(media).build();
		assertThatExceptionOfType(UnrepresentableException.class).isThrownBy(() -> of(List.of(message), null))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("messages.0.media.data"));
	}

	private Fingerprint of(List<Message> messages, ChatOptions options) {
		return this.fingerprinter.fingerprint(CacheScope.SHARED, messages, options);
	}

	private Fingerprint with(Class<?> type, String name, String namespace, String modelId, List<Message> messages) {
		return new ChatFingerprinter(type,
				new CacheSettings(name, "caffeine", namespace, modelId, null, Duration.ZERO, 1))
			.fingerprint(CacheScope.SHARED, messages, null);
	}

	private Fingerprint withTool(String name, String description, Class<?> input) {
		ToolCallback tool = FunctionToolCallback.builder(name, (Object in) -> "out")
			.description(description)
			.inputType(input)
			.build();
		return of(List.of(new UserMessage("x")), OpenAiChatOptions.builder().toolCallbacks(List.of(tool)).build());
	}

	private static ChatOptions options(String secret) {
		return OpenAiChatOptions.builder().model("gpt").temperature(0.5).apiKey(secret).build();
	}

	private static Message image(int content) {
		Media media = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { (byte) content }));
		return UserMessage.builder().text("look").media(media).build();
	}

	private static List<Message> conversation(String id) {
		return List.of(new SystemMessage("system"), new UserMessage("question"),
				assistant(id, "weather", "{}", Map.of()), response(id, "warm"));
	}

	private static Message assistant(String id, String tool, String arguments, Map<String, Object> metadata) {
		return AssistantMessage.builder()
			.content("")
			.properties(metadata)
			.toolCalls(List.of(new AssistantMessage.ToolCall(id, "function", tool, arguments)))
			.build();
	}

	private static Message calls(String... ids) {
		return AssistantMessage.builder()
			.content("")
			.toolCalls(Stream.of(ids).map((id) -> new AssistantMessage.ToolCall(id, "function", "same", "{}")).toList())
			.build();
	}

	private static Message responses(String... ids) {
		List<ToolResponseMessage.ToolResponse> responses = new ArrayList<>();
		for (String id : ids) {
			responses.add(new ToolResponseMessage.ToolResponse(id, "same", "result " + responses.size()));
		}
		return ToolResponseMessage.builder().responses(responses).build();
	}

	private static Message response(String id, String data) {
		return ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse(id, "weather", data)))
			.build();
	}

	private static Arguments change(String what, int index, Message replacement) {
		Function<List<Message>, List<Message>> change = (messages) -> {
			List<Message> changed = new ArrayList<>(messages);
			if (replacement != null) {
				changed.set(index, replacement);
			}
			else {
				changed.remove(index);
			}
			return changed;
		};
		return arguments(what, change);
	}

}
