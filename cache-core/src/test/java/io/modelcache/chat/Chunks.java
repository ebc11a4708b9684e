package io.modelcache.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Makes streams as OpenAI sends them.
 */
final class Chunks {

	private Chunks() {
	}

	/**
	 * A role without text, the texts, a finish reason without text, the usage.
	 */
	static List<ChatResponse> of(String... texts) {
		List<ChatResponse> chunks = new ArrayList<>();
		chunks.add(chunk("", null));
		for (String text : texts) {
			chunks.add(chunk(text, null));
		}
		chunks.add(chunk("", "STOP"));
		chunks.add(usage());
		return chunks;
	}

	static ChatResponse chunk(String text, String finishReason) {
		return chunk(AssistantMessage.builder()
			.content(text)
			.properties(Map.of("id", "chatcmpl-1", "role", "ASSISTANT", "index", 0))
			.build(), finishReason);
	}

	static ChatResponse chunk(AssistantMessage message, String finishReason) {
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(message, metadata)),
				ChatResponseMetadata.builder().id("chatcmpl-1").model("gpt").build());
	}

	static ChatResponse usage() {
		return new ChatResponse(List.of(),
				ChatResponseMetadata.builder()
					.id("chatcmpl-1")
					.model("gpt")
					.usage(new DefaultUsage(3, 4, 7, null, 1L, null))
					.build());
	}

	/**
	 * Return the text of each chunk, {@code null} for one without generations.
	 */
	static List<String> texts(List<ChatResponse> chunks) {
		List<String> texts = new ArrayList<>();
		for (ChatResponse chunk : chunks) {
			texts.add((chunk.getResult() != null) ? chunk.getResult().getOutput().getText() : null);
		}
		return texts;
	}

}
