package io.modelcache.chat;

import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Makes answers for tests.
 */
final class Answers {

	private Answers() {
	}

	static ChatResponse withFinishReason(ChatResponse answer, String finishReason) {
		return of(answer.getResult().getOutput(), finishReason);
	}

	static ChatResponse of(AssistantMessage message, String finishReason) {
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(message, metadata)));
	}

	static AssistantMessage toolCall(String id) {
		return AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall(id, "function", "weather", "{\"city\":\"Lima\"}")))
			.build();
	}

}
