package io.modelcache.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheStatus;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Takes an answer apart again into the chunks in which it was streamed.
 * <p>
 * An answer that never was streamed comes as one chunk for each generation, and one with
 * the usage.
 */
final class StreamReplay {

	private final ChatResponse response;

	private final StreamShape shape;

	private final List<ChatResponse> chunks = new ArrayList<>();

	private StreamReplay(ChatAnswer answer) {
		this.response = answer.response();
		this.shape = answer.shape();
	}

	/**
	 * Return the chunks of an answer.
	 * @param answer the answer
	 * @param status goes onto the last chunk
	 */
	static List<ChatResponse> chunks(ChatAnswer answer, CacheStatus status) {
		StreamReplay replay = new StreamReplay(answer);
		replay.addAll();
		int last = replay.chunks.size() - 1;
		replay.chunks.set(last, StatusMark.on(replay.chunks.get(last), status));
		return replay.chunks;
	}

	private void addAll() {
		List<Generation> generations = this.response.getResults();
		boolean usageApart = this.shape.usageApart() || generations.isEmpty();
		for (int i = 0; i < generations.size(); i++) {
			boolean last = !usageApart && i == generations.size() - 1;
			add(generations.get(i), i, last ? this.response.getMetadata() : withoutUsage());
		}
		if (usageApart) {
			this.chunks.add(new ChatResponse(List.of(), this.response.getMetadata()));
		}
	}

	private void add(Generation generation, int number, ChatResponseMetadata lastMetadata) {
		AssistantMessage message = generation.getOutput();
		String text = (message.getText() != null) ? message.getText() : "";
		List<Integer> lengths = lengths(number, text);
		Map<String, Object> properties = new HashMap<>(message.getMetadata());
		int start = 0;
		for (int i = 0; i < lengths.size(); i++) {
			boolean last = i == lengths.size() - 1;
			int end = start + lengths.get(i);
			AssistantMessage.Builder<?> builder = AssistantMessage.builder()
				.content(text.substring(start, end))
				.properties(properties);
			if (last) {
				builder.toolCalls(message.getToolCalls()).media(message.getMedia());
			}
			ChatGenerationMetadata metadata = last ? generation.getMetadata() : ChatGenerationMetadata.NULL;
			this.chunks.add(new ChatResponse(List.of(new Generation(builder.build(), metadata)),
					last ? lastMetadata : withoutUsage()));
			properties.entrySet()
				.removeIf((entry) -> GenerationDraft.REASONING.contains(entry.getKey())
						&& entry.getValue() instanceof String);
			start = end;
		}
	}

	/**
	 * Return the pieces of one generation. If what is known does not add up to its text,
	 * it comes in one piece.
	 */
	private List<Integer> lengths(int number, String text) {
		List<List<Integer>> pieces = this.shape.pieces();
		List<Integer> lengths = (number < pieces.size()) ? pieces.get(number) : List.of();
		long sum = 0;
		for (int length : lengths) {
			sum += (length >= 0) ? length : text.length() + 1;
		}
		return (sum == text.length() && !lengths.isEmpty()) ? lengths : List.of(text.length());
	}

	private ChatResponseMetadata withoutUsage() {
		return ChatResponseMetadata.builder()
			.id(this.response.getMetadata().getId())
			.model(this.response.getMetadata().getModel())
			.usage(new EmptyUsage())
			.build();
	}

}
