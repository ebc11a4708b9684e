package io.modelcache.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.ThinkingConfigParam;
import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolChoiceTool;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for options that hold values of the providers' own SDKs, of which other ways to
 * write an object as text lose content.
 */
class SdkOptionsTests {

	static Stream<Arguments> pairs() {
		return Stream.of(
				pair("Anthropic: thinking budget",
						() -> AnthropicChatOptions.builder().thinking(thinking(2048)).build(),
						() -> AnthropicChatOptions.builder().thinking(thinking(4096)).build()),
				pair("Anthropic: thinking or not", () -> AnthropicChatOptions.builder().thinkingDisabled().build(),
						() -> AnthropicChatOptions.builder().thinkingAdaptive().build()),
				pair("Anthropic: named tool choice",
						() -> AnthropicChatOptions.builder().toolChoice(anthropicTool("a")).build(),
						() -> AnthropicChatOptions.builder().toolChoice(anthropicTool("b")).build()),
				pair("Anthropic: schema", () -> anthropic("{\"properties\":{\"a\":{\"type\":\"string\"}}}"),
						() -> anthropic("{\"properties\":{\"a\":{\"type\":\"number\"}}}")),
				pair("Anthropic: schema with a number or a text", () -> anthropic("{\"enum\":[1]}"),
						() -> anthropic("{\"enum\":[\"1\"]}")),
				pair("Anthropic: schema with a truth or a text", () -> anthropic("{\"const\":true}"),
						() -> anthropic("{\"const\":\"true\"}")),
				pair("Anthropic: schema with a text that looks like two fields", () -> anthropic("{\"a\":\"1, b=2\"}"),
						() -> anthropic("{\"a\":\"1\",\"b\":\"2\"}")),
				pair("Anthropic: effort", () -> AnthropicChatOptions.builder().effort(OutputConfig.Effort.LOW).build(),
						() -> AnthropicChatOptions.builder().effort(OutputConfig.Effort.HIGH).build()),
				pair("OpenAI: named tool choice", () -> OpenAiChatOptions.builder().toolChoice(openAiTool("a")).build(),
						() -> OpenAiChatOptions.builder().toolChoice(openAiTool("b")).build()),
				pair("OpenAI: named tool choice as text",
						() -> OpenAiChatOptions.builder().toolChoice("{\"function\":{\"name\":\"a\"}}").build(),
						() -> OpenAiChatOptions.builder().toolChoice("{\"function\":{\"name\":\"b\"}}").build()),
				pair("OpenAI: body with JSON of the SDK",
						() -> OpenAiChatOptions.builder().extraBody(Map.of("a", JsonValue.from(1))).build(),
						() -> OpenAiChatOptions.builder().extraBody(Map.of("a", JsonValue.from("1"))).build()),
				pair("OpenAI: body, nested",
						() -> OpenAiChatOptions.builder().extraBody(Map.of("a", Map.of("b", List.of(1)))).build(),
						() -> OpenAiChatOptions.builder().extraBody(Map.of("a", Map.of("b", List.of(2)))).build()),
				pair("Google: schema",
						() -> GoogleGenAiChatOptions.builder().responseSchema("{\"type\":\"a\"}").build(),
						() -> GoogleGenAiChatOptions.builder().responseSchema("{\"type\":\"b\"}").build()),
				pair("Ollama: think or not", () -> OllamaChatOptions.builder().enableThinking().build(),
						() -> OllamaChatOptions.builder().disableThinking().build()),
				pair("Ollama: think little or much", () -> OllamaChatOptions.builder().thinkLow().build(),
						() -> OllamaChatOptions.builder().thinkHigh().build()),
				pair("Ollama: format", () -> OllamaChatOptions.builder().format(format("string")).build(),
						() -> OllamaChatOptions.builder().format(format("number")).build()));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void theContentOfAnOptionCounts(Supplier<ChatOptions> one, Supplier<ChatOptions> other) {
		assertThat(Keys.of(one.get())).isEqualTo(Keys.of(one.get())).isNotEqualTo(Keys.of(other.get()));
		assertThat(Keys.of(other.get())).isEqualTo(Keys.of(other.get()));
	}

	@Test
	void theOrderOfAMapDoesNotCount() {
		Map<String, Object> straight = new LinkedHashMap<>();
		Map<String, Object> reverse = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			straight.put("k" + i, i);
			reverse.put("k" + (19 - i), 19 - i);
		}
		assertThat(Keys.of(OllamaChatOptions.builder().format(straight).build()))
			.isEqualTo(Keys.of(OllamaChatOptions.builder().format(reverse).build()));
	}

	@Test
	void theOrderInWhichToolsAreFoundDoesNotCountButWhichOnesDoes() {
		ToolCallback a = Samples.tool("a");
		ToolCallback b = Samples.tool("b");
		assertThat(tools(a, b)).isEqualTo(tools(b, a)).isEqualTo(tools(Samples.tool("a"), b));
		assertThat(List.of(tools(a, b), tools(a), tools(b), tools(), tools(a, b, Samples.tool("c"))))
			.doesNotHaveDuplicates();
		assertThat(tools()).isEqualTo(Keys.of(OpenAiChatOptions.builder().build()));
	}

	@Test
	void optionsOfAnotherClassWithTheSameValuesDiffer() {
		assertThat(List.of(Keys.of(ChatOptions.builder().model("a").build()),
				Keys.of(OpenAiChatOptions.builder().model("a").build()),
				Keys.of(OllamaChatOptions.builder().model("a").build())))
			.doesNotHaveDuplicates();
	}

	static ToolChoice anthropicTool(String name) {
		return ToolChoice.ofTool(ToolChoiceTool.builder().name(name).build());
	}

	static ThinkingConfigParam thinking(long budget) {
		return ThinkingConfigParam.ofEnabled(ThinkingConfigEnabled.builder().budgetTokens(budget).build());
	}

	private static Object tools(ToolCallback... tools) {
		return Keys.of(OpenAiChatOptions.builder().toolCallbacks(new ArrayList<>(List.of(tools))).build());
	}

	private static ChatOptions anthropic(String schema) {
		return AnthropicChatOptions.builder().outputSchema(schema).build();
	}

	private static ChatCompletionToolChoiceOption openAiTool(String name) {
		return ChatCompletionToolChoiceOption.ofNamedToolChoice(ChatCompletionNamedToolChoice.builder()
			.function(ChatCompletionNamedToolChoice.Function.builder().name(name).build())
			.build());
	}

	private static Map<String, Object> format(String type) {
		return Map.of("type", "object", "properties", Map.of("a", Map.of("type", type)));
	}

	private static Arguments pair(String name, Supplier<ChatOptions> one, Supplier<ChatOptions> other) {
		return argumentSet(name, one, other);
	}

}
