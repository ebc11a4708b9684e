package io.modelcache.chat;

import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.modelcache.key.Fingerprint;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link MessageForm}.
 */
class MessageFormTests {

	private static final String PROPERTIES = "openai.tool_calls.additional_properties";

	private static final Map<String, Object> READ_BACK = Map.of("reasoningContent", "hm", "thoughtSignatures",
			List.of(new byte[] { 1 }), PROPERTIES, Map.of("1", "{\"a\":1}"));

	private static final Message USER = UserMessage.builder().text("look").media(media("image").build()).build();

	private static final Message ASSISTANT = assistant("well", READ_BACK, call("1", "function", "weather", "{}"));

	private static final Message TOOL = tool(new ToolResponse("1", "weather", "warm"));

	/**
	 * Each field of each kind of message, changed alone: as many as there are in the
	 * classes, see {@link #everyFieldOfEveryMessageIsChanged()}.
	 */
	static Stream<Arguments> changes() {
		return Stream.of(argumentSet("SystemMessage.messageType", new SystemMessage("be"), new UserMessage("be")),
				argumentSet("SystemMessage.textContent", new SystemMessage("be"), new SystemMessage("be brief")),
				argumentSet("UserMessage.messageType", new UserMessage("hi"), new AssistantMessage("hi")),
				argumentSet("UserMessage.textContent", new UserMessage("hi"), new UserMessage("Hi")),
				argumentSet("UserMessage.media", USER, new UserMessage("look")),
				argumentSet("Media.mimeType", USER, user(media("image").mimeType(MimeTypeUtils.IMAGE_GIF))),
				argumentSet("Media.data", USER, user(media("other"))),
				argumentSet("Media.id", user(media("image").id("1")), user(media("image").id("2"))),
				argumentSet("Media.name", USER, user(media("image").name("cat"))),
				argumentSet("AssistantMessage.messageType", new AssistantMessage("hi"), new SystemMessage("hi")),
				argumentSet("AssistantMessage.textContent", ASSISTANT,
						assistant("now", READ_BACK, call("1", "function", "weather", "{}"))),
				argumentSet("AssistantMessage.toolCalls", ASSISTANT, assistant("well", READ_BACK)),
				argumentSet("AssistantMessage.media", new AssistantMessage(""),
						AssistantMessage.builder().content("").media(List.of(media("sound").build())).build()),
				argumentSet("AssistantMessage.metadata", ASSISTANT,
						assistant("well", Map.of(), call("1", "function", "weather", "{}"))),
				argumentSet("ToolCall.id", calls("1", "2"), calls("1", "1")),
				argumentSet("ToolCall.type", ASSISTANT,
						assistant("well", READ_BACK, call("1", "custom", "weather", "{}"))),
				argumentSet("ToolCall.name", ASSISTANT,
						assistant("well", READ_BACK, call("1", "function", "climate", "{}"))),
				argumentSet("ToolCall.arguments", ASSISTANT,
						assistant("well", READ_BACK, call("1", "function", "weather", "{\"city\":\"Rome\"}"))),
				argumentSet("ToolResponseMessage.messageType", tool(), new UserMessage("")),
				argumentSet("ToolResponseMessage.responses", TOOL, tool()),
				argumentSet("ToolResponse.id", responses("1", "2"), responses("1", "1")),
				argumentSet("ToolResponse.name", TOOL, tool(new ToolResponse("1", "climate", "warm"))),
				argumentSet("ToolResponse.responseData", TOOL, tool(new ToolResponse("1", "weather", "cold"))));
	}

	/**
	 * Fields that are no part of a key on purpose.
	 */
	private static final Map<String, String> EXCEPTIONS = Map.of("SystemMessage.metadata",
			"no provider reads it back from a system message", "UserMessage.metadata",
			"no provider reads it back from a user message", "ToolResponseMessage.metadata",
			"no provider reads it back from a tool's message", "ToolResponseMessage.textContent",
			"the constructor sets it to an empty text");

	@ParameterizedTest
	@MethodSource("changes")
	void everyFieldChangesTheKey(Message before, Message after) {
		assertThat(Keys.of(before)).isEqualTo(Keys.of(before)).isNotEqualTo(Keys.of(after));
	}

	@Test
	void everyFieldOfEveryMessageIsChanged() {
		Set<String> fields = new TreeSet<>();
		for (Class<?> type : List.of(SystemMessage.class, UserMessage.class, AssistantMessage.class,
				ToolResponseMessage.class, Media.class, ToolCall.class, ToolResponse.class)) {
			Mutations.fields(type).forEach((field) -> fields.add(type.getSimpleName() + "." + field.getName()));
		}
		Set<String> tested = new TreeSet<>(EXCEPTIONS.keySet());
		changes().map((change) -> ((Arguments.ArgumentSet) change).getName()).forEach(tested::add);
		assertThat(tested).isEqualTo(fields);
		assertThat(changes().map((change) -> ((Arguments.ArgumentSet) change).getName()))
			.doesNotContainAnyElementsOf(EXCEPTIONS.keySet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "index", "role", "finishReason", "refusal", "annotations", "anything" })
	void metadataThatNoProviderReadsBackDoesNotCount(String key) {
		Map<String, Object> metadata = new HashMap<>(READ_BACK);
		metadata.put(key, new Object());
		assertThat(Keys.of(assistant("well", metadata, call("1", "function", "weather", "{}"))))
			.isEqualTo(Keys.of(ASSISTANT));
		assertThat(Keys.of(UserMessage.builder().text("hi").metadata(metadata).build()))
			.isEqualTo(Keys.of(new UserMessage("hi")));
		assertThat(Keys.of(SystemMessage.builder().text("be").metadata(metadata).build()))
			.isEqualTo(Keys.of(new SystemMessage("be")));
		assertThat(Keys.of(ToolResponseMessage.builder().metadata(metadata).build())).isEqualTo(Keys.of(tool()));
	}

	static Stream<Arguments> readBack() {
		return Stream.of(argumentSet("OpenAI: reasoning", "reasoningContent", "hm", "aha"),
				argumentSet("OpenAI: properties of tool calls", PROPERTIES, Map.of("1", "{\"a\":1}"),
						Map.of("1", "{\"a\":2}")),
				argumentSet("Google: thought signatures", "thoughtSignatures", List.of(new byte[] { 1 }),
						List.of(new byte[] { 2 })),
				argumentSet("Google: thought signatures, number", "thoughtSignatures", List.of(new byte[] { 1 }),
						List.of(new byte[] { 1 }, new byte[] { 1 })),
				argumentSet("Anthropic 2.0.1: thinking", "anthropicThinkingContents",
						List.of(new Thinking("so", "sig", null)), List.of(new Thinking("so", "other", null))));
	}

	@ParameterizedTest
	@MethodSource("readBack")
	void metadataThatAProviderReadsBackCounts(String key, Object value, Object other) {
		Fingerprint none = Keys.of(assistant("", Map.of(), call("1", "function", "weather", "{}")));
		Fingerprint one = Keys.of(assistant("", Map.of(key, value), call("1", "function", "weather", "{}")));
		assertThat(one).isNotEqualTo(none)
			.isNotEqualTo(Keys.of(assistant("", Map.of(key, other), call("1", "function", "weather", "{}"))))
			.isEqualTo(Keys.of(assistant("", Map.of(key, value), call("1", "function", "weather", "{}"))));
	}

	@Test
	void emptyMetadataAreLikeNone() {
		Map<String, Object> empty = Map.of("reasoningContent", "", "thoughtSignatures", List.of(), PROPERTIES,
				Map.of("1", ""));
		assertThat(Keys.of(assistant("", empty, call("1", "function", "weather", "{}"))))
			.isEqualTo(Keys.of(assistant("", Map.of(), call("1", "function", "weather", "{}"))));
	}

	@Test
	void theRandomIdsOfToolCallsDoNotCount() {
		Map<String, Object> one = Map.of(PROPERTIES, Map.of("call_1", "{\"a\":1}", "call_2", "{\"a\":2}"));
		Map<String, Object> other = Map.of(PROPERTIES, Map.of("x", "{\"a\":1}", "y", "{\"a\":2}"));
		assertThat(Keys.of(
				assistant("", one, call("call_1", "function", "a", "{}"), call("call_2", "function", "a", "{}")),
				tool(new ToolResponse("call_1", "a", "1"), new ToolResponse("call_2", "a", "2"))))
			.isEqualTo(Keys.of(assistant("", other, call("x", "function", "a", "{}"), call("y", "function", "a", "{}")),
					tool(new ToolResponse("x", "a", "1"), new ToolResponse("y", "a", "2"))));
	}

	@Test
	void whichCallAToolAnswersCounts() {
		Fingerprint straight = Keys.of(calls("a", "b"), responses("a", "b"));
		assertThat(Keys.of(calls("x", "y"), responses("x", "y"))).isEqualTo(straight);
		assertThat(List.of(straight, Keys.of(calls("a", "b"), responses("b", "a")),
				Keys.of(calls("a", "b"), responses("a", "c")), Keys.of(calls("a", "b"), responses("a", "a"))))
			.doesNotHaveDuplicates();
	}

	@Test
	void aProviderWithoutIdsIsUnderstood() {
		assertThat(Keys.of(calls("", ""), responses("", ""))).isEqualTo(Keys.of(calls("", ""), responses("", "")))
			.isNotEqualTo(Keys.of(calls("a", "a"), responses("a", "a")));
		assertThat(Keys.of(assistant("", READ_BACK, call(null, "function", "a", "{}"))))
			.isEqualTo(Keys.of(assistant("", READ_BACK, call("", "function", "a", "{}"))));
	}

	@Test
	void propertiesCountForTheCallTheyBelongTo() {
		ToolCall[] calls = { call("a", "function", "same", "{}"), call("b", "function", "same", "{}") };
		Fingerprint first = Keys.of(assistant("", Map.of(PROPERTIES, Map.of("a", "{\"x\":1}")), calls));
		assertThat(Keys.of(assistant("", Map.of(PROPERTIES, Map.of("b", "{\"x\":1}")), calls))).isNotEqualTo(first);
		assertThat(Keys.of(assistant("", Map.of(PROPERTIES, Map.of("a", "{\"x\":1}", "gone", "{}")), calls)))
			.isEqualTo(first);
	}

	@Test
	void theOrderOfMessagesCounts() {
		Message one = new UserMessage("one");
		Message two = new UserMessage("two");
		assertThat(List.of(Keys.of(one, two), Keys.of(two, one), Keys.of(one), Keys.of(one, one)))
			.doesNotHaveDuplicates();
	}

	@Test
	void theOrderOfMediaAndToolCallsCounts() {
		assertThat(Keys.of(user(media("one"), media("two")))).isNotEqualTo(Keys.of(user(media("two"), media("one"))));
		ToolCall one = call("1", "function", "one", "{}");
		ToolCall two = call("2", "function", "two", "{}");
		assertThat(Keys.of(assistant("", Map.of(), one, two))).isNotEqualTo(Keys.of(assistant("", Map.of(), two, one)));
	}

	@Test
	void noTextIsNotAnEmptyOne() {
		assertThat(Keys.of(new AssistantMessage(null))).isNotEqualTo(Keys.of(new AssistantMessage("")));
	}

	@Test
	void mediaCountByTheirContentAndNotByTheNameThatIsMadeUpForThem() {
		Media one = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2 }));
		Media same = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2 }));
		Media other = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 3 }));
		assertThat(one.getName()).isNotEqualTo(same.getName());
		assertThat(Keys.of(message(one))).isEqualTo(Keys.of(message(same))).isNotEqualTo(Keys.of(message(other)));
	}

	@Test
	void mediaCountByTheirUrl() throws Exception {
		Fingerprint text = Keys.of(message(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/1"))));
		assertThat(Keys.of(message(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/1")))))
			.isEqualTo(text);
		assertThat(Keys.of(message(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/2")))))
			.isNotEqualTo(text);
		for (Object data : List.of(URI.create("http://localhost/1"), new URL("http://localhost/1"))) {
			assertThat(Keys.of(user(Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(data))))
				.isEqualTo(Keys.of(user(Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(data))));
		}
	}

	@Test
	void mediaOfAnUnknownKindAreRefused() {
		Message message = user(Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(new Object()));
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> Keys.of(new UserMessage("x"), message))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("messages.1.media.data"));
	}

	@Test
	void aMessageThatIsNoneOfTheFourKindsIsRefused() {
		Message strange = new Message() {

			@Override
			public MessageType getMessageType() {
				return MessageType.USER;
			}

			@Override
			public String getText() {
				return "x";
			}

			@Override
			public Map<String, Object> getMetadata() {
				return Map.of();
			}

		};
		assertThatExceptionOfType(UnrepresentableException.class).isThrownBy(() -> Keys.of(strange))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("messages.0"));
	}

	@Test
	void whatASubclassAddsCounts() {
		Fingerprint one = Keys.of(new Prefixed("x", true, "hm"));
		assertThat(Keys.of(new Prefixed("x", true, "hm"))).isEqualTo(one);
		assertThat(List.of(one, Keys.of(new Prefixed("x", false, "hm")), Keys.of(new Prefixed("x", true, "aha")),
				Keys.of(new Prefixed("y", true, "hm")), Keys.of(new AssistantMessage("x"))))
			.doesNotHaveDuplicates();
	}

	@Test
	void aSubclassThatAddsWhatCannotBeRepresentedIsRefused() {
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> Keys.of(new Prefixed("x", true, new Object())))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("messages.0.added.hidden"));
	}

	private static Media.Builder media(String content) {
		return Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_PNG)
			.data(new ByteArrayResource(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
	}

	private static Message user(Media.Builder... media) {
		return message(Stream.of(media).map(Media.Builder::build).toArray(Media[]::new));
	}

	private static Message message(Media... media) {
		return UserMessage.builder().text("look").media(media).build();
	}

	private static Message assistant(String text, Map<String, Object> metadata, ToolCall... calls) {
		return AssistantMessage.builder().content(text).properties(metadata).toolCalls(List.of(calls)).build();
	}

	private static ToolCall call(@Nullable String id, String type, String name, String arguments) {
		return new ToolCall(id, type, name, arguments);
	}

	private static Message tool(ToolResponse... responses) {
		return ToolResponseMessage.builder().responses(List.of(responses)).build();
	}

	private static Message calls(String... ids) {
		return assistant("", Map.of(),
				Stream.of(ids).map((id) -> call(id, "function", "same", "{}")).toArray(ToolCall[]::new));
	}

	private static Message responses(String... ids) {
		List<ToolResponse> responses = new ArrayList<>();
		for (String id : ids) {
			responses.add(new ToolResponse(id, "same", "result " + responses.size()));
		}
		return tool(responses.toArray(ToolResponse[]::new));
	}

	/**
	 * What Spring AI 2.0.1 keeps of Anthropic's thinking.
	 */
	private record Thinking(@Nullable String thinking, @Nullable String signature, @Nullable String redactedData) {

	}

	/**
	 * A message of a provider's own, such as that of DeepSeek or of Bedrock.
	 */
	private static final class Prefixed extends AssistantMessage {

		private final boolean prefix;

		private final Object hidden;

		Prefixed(String content, boolean prefix, Object hidden) {
			super(content, Map.of("id", new Object()), List.of(), List.of());
			this.prefix = prefix;
			this.hidden = hidden;
		}

		public boolean isPrefix() {
			return this.prefix;
		}

		Object hidden() {
			return this.hidden;
		}

	}

}
