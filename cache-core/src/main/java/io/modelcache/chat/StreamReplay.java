package io.modelcache.chat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;

/**
 * Takes an answer apart again into the chunks in which it was streamed, one at a time, so
 * that the first one need not wait for the others.
 * <p>
 * An answer that never was streamed comes as one chunk for each generation, and one with
 * the usage. It is used by one subscriber.
 */
final class StreamReplay implements Iterator<ChatResponse> {

	private final List<Generation> generations;

	private final ChatResponseMetadata metadata;

	private final StreamShape shape;

	private final CacheStatus status;

	private final boolean usageApart;

	private int number;

	private @Nullable Pieces pieces;

	private boolean ended;

	private StreamReplay(ChatAnswer answer, CacheStatus status) {
		this.generations = answer.response().getResults();
		this.metadata = answer.response().getMetadata();
		this.shape = answer.shape();
		this.status = status;
		this.usageApart = this.shape.usageApart() || this.generations.isEmpty();
	}

	/**
	 * Return the chunks of an answer.
	 * @param answer the answer, which nobody else has
	 * @param status goes onto the last chunk
	 * @return the stream, to be subscribed to once
	 */
	static Flux<ChatResponse> chunks(ChatAnswer answer, CacheStatus status) {
		return Flux.fromIterable(() -> new StreamReplay(answer, status));
	}

	@Override
	public boolean hasNext() {
		return !this.ended;
	}

	@Override
	public ChatResponse next() {
		if (this.ended) {
			throw new NoSuchElementException();
		}
		if (this.number == this.generations.size()) {
			this.ended = true;
			return StatusMark.on(new ChatResponse(List.of(), this.metadata), this.status);
		}
		if (this.pieces == null) {
			this.pieces = new Pieces(this.generations.get(this.number), this.shape, this.number);
		}
		Generation piece = this.pieces.next();
		if (this.pieces.hasNext()) {
			return new ChatResponse(List.of(piece), withoutUsage());
		}
		this.pieces = null;
		this.number++;
		return lastOfGeneration(piece);
	}

	private ChatResponse lastOfGeneration(Generation piece) {
		this.ended = !this.usageApart && this.number == this.generations.size();
		return this.ended ? StatusMark.on(new ChatResponse(List.of(piece), this.metadata), this.status)
				: new ChatResponse(List.of(piece), withoutUsage());
	}

	private ChatResponseMetadata withoutUsage() {
		return ChatResponseMetadata.builder()
			.id(this.metadata.getId())
			.model(this.metadata.getModel())
			.usage(new EmptyUsage())
			.build();
	}

	/**
	 * The pieces of one generation. If what is known of them does not add up to its text,
	 * it comes in one piece.
	 */
	private static final class Pieces {

		private final Generation generation;

		private final String text;

		private final List<Integer> lengths;

		private final Map<String, Object> properties;

		private int number;

		private int start;

		Pieces(Generation generation, StreamShape shape, int number) {
			this.generation = generation;
			AssistantMessage message = generation.getOutput();
			this.text = (message.getText() != null) ? message.getText() : "";
			this.lengths = lengths(shape.pieces(), number, this.text);
			this.properties = new HashMap<>(message.getMetadata());
		}

		boolean hasNext() {
			return this.number < this.lengths.size();
		}

		Generation next() {
			int end = this.start + this.lengths.get(this.number++);
			AssistantMessage.Builder<?> builder = AssistantMessage.builder()
				.content(this.text.substring(this.start, end))
				.properties(this.properties);
			if (!hasNext()) {
				AssistantMessage message = this.generation.getOutput();
				builder.toolCalls(message.getToolCalls()).media(message.getMedia());
			}
			AssistantMessage piece = builder.build();
			this.properties.entrySet()
				.removeIf((entry) -> GenerationDraft.REASONING.contains(entry.getKey())
						&& entry.getValue() instanceof String);
			this.start = end;
			return new Generation(piece, hasNext() ? ChatGenerationMetadata.NULL : this.generation.getMetadata());
		}

		private static List<Integer> lengths(List<List<Integer>> pieces, int number, String text) {
			List<Integer> lengths = (number < pieces.size()) ? pieces.get(number) : List.of();
			long sum = 0;
			for (int length : lengths) {
				sum += (length >= 0) ? length : text.length() + 1;
			}
			return (sum == text.length() && !lengths.isEmpty()) ? lengths : List.of(text.length());
		}

	}

}
