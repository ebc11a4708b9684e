package io.modelcache.chat;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Copies a chunk for another subscriber, so that what one does to its message reaches no
 * other.
 */
final class ChunkCopy {

	private ChunkCopy() {
	}

	/**
	 * Copy a chunk. One of a class of its own, or one that cannot be read, stays what it
	 * is.
	 */
	static ChatResponse of(ChatResponse chunk) {
		try {
			return (chunk.getClass() != ChatResponse.class) ? chunk : copy(chunk);
		}
		catch (RuntimeException ex) {
			return chunk;
		}
	}

	private static ChatResponse copy(ChatResponse chunk) {
		List<Generation> generations = new ArrayList<>(chunk.getResults().size());
		for (Generation generation : chunk.getResults()) {
			generations.add(new Generation(of(generation.getOutput()), generation.getMetadata()));
		}
		return new ChatResponse(generations, chunk.getMetadata());
	}

	private static AssistantMessage of(AssistantMessage message) {
		if (message == null || message.getClass() != AssistantMessage.class) {
			return message;
		}
		return AssistantMessage.builder()
			.content(message.getText())
			.properties(message.getMetadata())
			.toolCalls(message.getToolCalls())
			.media(message.getMedia())
			.build();
	}

}
