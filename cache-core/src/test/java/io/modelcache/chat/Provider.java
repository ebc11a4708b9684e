package io.modelcache.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.anthropic.models.messages.StopReason;
import com.google.genai.Client;
import com.google.genai.types.FinishReason;
import com.google.genai.types.HttpOptions;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * The providers whose clients the tests have: how each answers over the wire, and how it
 * says why an answer ended.
 */
enum Provider {

	OPENAI("stop", "length", "tool_calls") {

		@Override
		ChatModel model(String url) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder().apiKey("k").baseUrl(url + "/v1").model("m").maxRetries(0).build())
				.build();
		}

		@Override
		Set<String> finishReasons() {
			return names(Stream.concat(Arrays.stream(ChatCompletion.Choice.FinishReason.Known.values()),
					Arrays.stream(ChatCompletionChunk.Choice.FinishReason.Known.values())), true);
		}

		@Override
		String called(String reason, Part... parts) {
			String choices = enumerated(parts, """
					{"index":%d,"message":{"role":"assistant","refusal":null,%s},"logprobs":null,\
					"finish_reason":%s}""", reason);
			return """
					{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt",\
					"system_fingerprint":"fp","choices":[%s],\
					"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,\
					"prompt_tokens_details":{"cached_tokens":2}}}""".formatted(choices);
		}

		@Override
		String streamed(String reason, Part... parts) {
			String chunk = """
					{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt","choices":[%s]%s}""";
			String first = enumerated(parts,
					"{\"index\":%1$d,\"delta\":{\"role\":\"assistant\",%2$s},\"finish_reason\":null}", reason);
			String last = enumerated(parts, "{\"index\":%1$d,\"delta\":{},\"finish_reason\":%3$s}", reason);
			return events(chunk.formatted(first, ""), chunk.formatted(last, ""),
					chunk.formatted("", ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}"),
					"[DONE]");
		}

		private String enumerated(Part[] parts, String template, String reason) {
			StringBuilder all = new StringBuilder();
			for (int i = 0; i < parts.length; i++) {
				all.append((i > 0) ? "," : "").append(template.formatted(i, message(parts[i]), quoted(reason)));
			}
			return all.toString();
		}

		private String message(Part part) {
			return switch (part) {
				case TEXT -> "\"content\":\"hello\"";
				case THOUGHT -> "\"content\":\"hello\",\"reasoning_content\":\"because\"";
				case TOOL_CALL -> """
						"content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","extra":{"a":1},\
						"function":{"name":"weather","arguments":"{\\"city\\":\\"Lima\\"}"}}]""";
			};
		}

	},

	ANTHROPIC("end_turn", "max_tokens", "tool_use") {

		@Override
		ChatModel model(String url) {
			return AnthropicChatModel.builder()
				.options(AnthropicChatOptions.builder().apiKey("k").baseUrl(url).model("m").maxRetries(0).build())
				.build();
		}

		@Override
		Set<String> finishReasons() {
			return names(Arrays.stream(StopReason.Known.values()), true);
		}

		@Override
		String called(String reason, Part... parts) {
			String content = Arrays.stream(parts).map((part) -> switch (part) {
				case TEXT -> "{\"type\":\"text\",\"text\":\"hello\",\"citations\":null}";
				case THOUGHT -> "{\"type\":\"thinking\",\"thinking\":\"because\",\"signature\":\"c2ln\"}";
				case TOOL_CALL ->
					"{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{\"city\":\"Lima\"}}";
			}).collect(Collectors.joining(","));
			return """
					{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[%s],\
					"stop_reason":%s,"stop_sequence":null,\
					"usage":{"input_tokens":3,"output_tokens":4,"cache_read_input_tokens":2,\
					"cache_creation_input_tokens":1}}""".formatted(content, quoted(reason));
		}

		@Override
		String streamed(String reason, Part... parts) {
			StringBuilder all = new StringBuilder(event("message_start", """
					"message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],\
					"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}"""));
			for (int i = 0; i < parts.length; i++) {
				block(all, i, parts[i]);
			}
			all.append(event("message_delta", """
					"delta":{"stop_reason":%s,"stop_sequence":null},"usage":{"output_tokens":4}"""
				.formatted(quoted(reason))));
			return all.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n").toString();
		}

		private void block(StringBuilder all, int index, Part part) {
			String start = switch (part) {
				case TEXT -> "{\"type\":\"text\",\"text\":\"\"}";
				case THOUGHT -> "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
				case TOOL_CALL -> "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{}}";
			};
			List<String> deltas = switch (part) {
				case TEXT ->
					List.of("{\"type\":\"text_delta\",\"text\":\"hel\"}", "{\"type\":\"text_delta\",\"text\":\"lo\"}");
				case THOUGHT -> List.of("{\"type\":\"thinking_delta\",\"thinking\":\"because\"}",
						"{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}");
				case TOOL_CALL ->
					List.of("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\\\"Lima\\\"}\"}");
			};
			String at = "\"index\":%d,".formatted(index);
			all.append(event("content_block_start", at + "\"content_block\":" + start));
			deltas.forEach((delta) -> all.append(event("content_block_delta", at + "\"delta\":" + delta)));
			all.append(event("content_block_stop", "\"index\":%d".formatted(index)));
		}

		private String event(String type, String rest) {
			return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, rest);
		}

	},

	OLLAMA("stop", "length", "stop") {

		@Override
		ChatModel model(String url) {
			return OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(url).build())
				.options(OllamaChatOptions.builder().model("m").build())
				.build();
		}

		/**
		 * Ollama has no list of them in Java: these are those of its server.
		 */
		@Override
		Set<String> finishReasons() {
			return Set.of("stop", "length", "load", "unload");
		}

		@Override
		String called(String reason, Part... parts) {
			return line(message(parts), "\"done\":true,\"done_reason\":%s,%s".formatted(quoted(reason), COUNTS));
		}

		@Override
		String streamed(String reason, Part... parts) {
			return line(message(parts), "\"done\":false")
					+ line("\"content\":\"\"", "\"done\":true,\"done_reason\":%s,%s".formatted(quoted(reason), COUNTS));
		}

		@Override
		String streamType() {
			return "application/x-ndjson";
		}

		private String line(String message, String rest) {
			return """
					{"model":"llama","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant",%s},%s}
					""".formatted(message, rest);
		}

		private String message(Part... parts) {
			List<Part> all = List.of(parts);
			return "\"content\":\"%s\"%s%s".formatted(all.contains(Part.TEXT) ? "hello" : "", all
				.contains(Part.THOUGHT) ? ",\"thinking\":\"because\"" : "", all.contains(Part.TOOL_CALL)
						? ",\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Lima\"}}}]"
						: "");
		}

	},

	GOOGLE("STOP", "MAX_TOKENS", "STOP") {

		@Override
		ChatModel model(String url) {
			return GoogleGenAiChatModel.builder()
				.genAiClient(
						Client.builder().apiKey("k").httpOptions(HttpOptions.builder().baseUrl(url).build()).build())
				.options(GoogleGenAiChatOptions.builder().model("m").build())
				.build();
		}

		@Override
		Set<String> finishReasons() {
			return names(Arrays.stream(FinishReason.Known.values()), false);
		}

		@Override
		String called(String reason, Part... parts) {
			String all = Arrays.stream(parts).map((part) -> switch (part) {
				case TEXT -> "{\"text\":\"hello\",\"thoughtSignature\":\"c2ln\"}";
				case THOUGHT -> "{\"text\":\"because\",\"thought\":true}";
				case TOOL_CALL -> """
						{"functionCall":{"name":"weather","args":{"city":"Lima"}},"thoughtSignature":"c2ln"}""";
			}).collect(Collectors.joining(","));
			return """
					{"candidates":[{"content":{"role":"model","parts":[%s]}%s,"index":0}],\
					"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"totalTokenCount":7},\
					"modelVersion":"gemini"}""".formatted(all,
					(reason != null) ? ",\"finishReason\":" + quoted(reason) : "");
		}

		@Override
		String streamed(String reason, Part... parts) {
			return Arrays.stream(parts)
				.map((part) -> events(called((part == parts[parts.length - 1]) ? reason : null, part)))
				.collect(Collectors.joining());
		}

	};

	static final String COUNTS = "\"total_duration\":9,\"load_duration\":1,\"prompt_eval_count\":3,"
			+ "\"prompt_eval_duration\":2,\"eval_count\":4,\"eval_duration\":5";

	private final String complete;

	private final String cutShort;

	private final String toolCall;

	Provider(String complete, String cutShort, String toolCall) {
		this.complete = complete;
		this.cutShort = cutShort;
		this.toolCall = toolCall;
	}

	/**
	 * Return Spring AI's model over the provider's own client.
	 */
	abstract ChatModel model(String url);

	/**
	 * Return all reasons that the provider's SDK knows, as they are on the wire.
	 */
	abstract Set<String> finishReasons();

	/**
	 * Return the body of an answer to a call.
	 * @param reason the finish reason, or {@code null} for none
	 */
	abstract String called(String reason, Part... parts);

	/**
	 * Return the body of the same answer to a stream.
	 */
	abstract String streamed(String reason, Part... parts);

	String streamType() {
		return "text/event-stream";
	}

	String complete() {
		return this.complete;
	}

	String cutShort() {
		return this.cutShort;
	}

	String toolCall() {
		return this.toolCall;
	}

	private static Set<String> names(Stream<? extends Enum<?>> constants, boolean lower) {
		return constants.map((constant) -> lower ? constant.name().toLowerCase(Locale.ROOT) : constant.name())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	static String events(String... data) {
		return Arrays.stream(data).map((event) -> "data: " + event + "\n\n").collect(Collectors.joining());
	}

	static String quoted(String text) {
		return (text != null) ? "\"" + text + "\"" : "null";
	}

	/**
	 * What an answer is made of.
	 */
	enum Part {

		TEXT, THOUGHT, TOOL_CALL

	}

}
