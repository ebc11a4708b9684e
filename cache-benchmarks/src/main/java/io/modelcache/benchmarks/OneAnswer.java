package io.modelcache.benchmarks;

import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
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

	private final ChatOptions options = OpenAiChatOptions.builder().model("gpt-4o-mini").temperature(0.0).build();

	@Override
	public ChatResponse call(Prompt prompt) {
		AssistantMessage message = AssistantMessage.builder().content(TEXT).properties(PROPERTIES).build();
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason("STOP").build();
		return new ChatResponse(List.of(new Generation(message, metadata)),
				ChatResponseMetadata.builder()
					.id("chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT")
					.model("gpt-4o-mini-2024-07-18")
					.usage(new DefaultUsage(13, 256, 269, null, 0L, null))
					.build());
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

}
