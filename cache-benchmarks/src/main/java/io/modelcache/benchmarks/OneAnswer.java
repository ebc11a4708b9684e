package io.modelcache.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * A model with the options of a real one and one answer of 1 kB, with the metadata of one
 * of OpenAI.
 */
final class OneAnswer implements ChatModel {

	static final String TEXT = "A build tool for Java. ".repeat(50).substring(0, 1024);

	private static final Map<String, Object> PROPERTIES = Map.of("id", "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "role",
			"ASSISTANT", "index", 0L, "finishReason", "STOP", "refusal", "", "annotations", List.of());

	private static final int TOKEN = 4;

	private final List<ChatResponse> chunks = allChunks();

	private final ChatOptions options = OpenAiChatOptions.builder().model("gpt-4o-mini").temperature(0.0).build();

	@Override
	public ChatResponse call(Prompt prompt) {
		AssistantMessage message = AssistantMessage.builder().content(TEXT).properties(PROPERTIES).build();
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason("STOP").build();
		return new ChatResponse(List.of(new Generation(message, metadata)),
				metadata(new DefaultUsage(13, 256, 269, null, 0L, null)));
	}

	/**
	 * The same answer in pieces of four characters, which is what a token has on average,
	 * with the usage in a piece of its own.
	 */
	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.fromIterable(this.chunks);
	}

	List<ChatResponse> chunks() {
		return this.chunks;
	}

	private static List<ChatResponse> allChunks() {
		List<ChatResponse> chunks = new ArrayList<>();
		for (int start = 0; start < TEXT.length(); start += TOKEN) {
			chunks.add(chunk(TEXT.substring(start, start + TOKEN), ""));
		}
		chunks.add(chunk("", "STOP"));
		chunks.add(new ChatResponse(List.of(), metadata(new DefaultUsage(13, 256, 269, null, 0L, null))));
		return List.copyOf(chunks);
	}

	private static ChatResponse chunk(String text, String finishReason) {
		AssistantMessage message = AssistantMessage.builder().content(text).properties(PROPERTIES).build();
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(message, metadata)), metadata(new EmptyUsage()));
	}

	private static ChatResponseMetadata metadata(Usage usage) {
		return ChatResponseMetadata.builder()
			.id("chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT")
			.model("gpt-4o-mini-2024-07-18")
			.usage(usage)
			.build();
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

}
