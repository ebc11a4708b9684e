package io.modelcache.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * One generation of a streamed answer, as far as it has come.
 */
final class GenerationDraft {

	/**
	 * The properties that come in pieces like the text, if they are texts.
	 */
	static final Set<String> REASONING = Set.of("reasoningContent", "thinking");

	/**
	 * A refusal comes in pieces, too, and the last chunks say nothing of it.
	 */
	private static final Set<String> IN_PIECES = Set.of("reasoningContent", "thinking", "refusal");

	/**
	 * What OpenAI's client says as long as there is no reason.
	 */
	private static final String NO_REASON = "_UNKNOWN";

	private final StringBuilder text = new StringBuilder();

	private final Map<String, StringBuilder> inPieces = new LinkedHashMap<>();

	private final List<Integer> pieces = new ArrayList<>();

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final List<AssistantMessage.ToolCall> toolCalls = new ArrayList<>();

	private final List<Media> media = new ArrayList<>();

	private final Map<String, Object> metadata = new HashMap<>();

	private final Set<String> filters = new HashSet<>();

	private @Nullable String finishReason;

	/**
	 * Tell whether a finish reason is one.
	 */
	static boolean isFinal(@Nullable String finishReason) {
		return finishReason != null && !finishReason.isEmpty() && !finishReason.equals(NO_REASON);
	}

	/**
	 * Return what tells the generations of a stream apart: their index, where the
	 * provider gives one, and whether it is the model's thinking.
	 */
	static String keyOf(Generation generation, int position) {
		Map<String, Object> properties = generation.getOutput().getMetadata();
		Object index = properties.getOrDefault("index", properties.get("candidateIndex"));
		return ((index instanceof Number) ? index : position) + ":" + isThought(properties);
	}

	/**
	 * Tell whether a message is the model's thinking, which some providers give as a
	 * generation of its own.
	 */
	static boolean isThought(Map<String, Object> properties) {
		return Boolean.TRUE.equals(properties.get("thinking")) || Boolean.TRUE.equals(properties.get("isThought"))
				|| properties.containsKey("signature");
	}

	/**
	 * Add a chunk.
	 * @return its weight in bytes
	 */
	long add(Generation chunk) {
		AssistantMessage message = chunk.getOutput();
		String piece = (message.getText() != null) ? message.getText() : "";
		this.text.append(piece);
		this.pieces.add(piece.length());
		this.toolCalls.addAll(message.getToolCalls());
		this.media.addAll(message.getMedia());
		message.getMetadata().forEach(this::addProperty);
		ChatGenerationMetadata chunkMetadata = chunk.getMetadata();
		String reason = chunkMetadata.getFinishReason();
		if (isFinal(reason) || (reason != null && !reason.isEmpty() && !isFinal(this.finishReason))) {
			this.finishReason = reason;
		}
		this.filters.addAll(chunkMetadata.getContentFilters());
		chunkMetadata.entrySet().forEach((entry) -> addMetadata(entry.getKey(), entry.getValue()));
		return 2L * piece.length() + weightOf(message);
	}

	boolean hasEnded() {
		return isFinal(this.finishReason);
	}

	List<Integer> pieces() {
		return this.pieces;
	}

	Generation toGeneration() {
		Map<String, Object> all = new LinkedHashMap<>(this.properties);
		this.inPieces.forEach((name, pieces) -> all.put(name, pieces.toString()));
		AssistantMessage message = AssistantMessage.builder()
			.content(this.text.toString())
			.properties(all)
			.toolCalls(List.copyOf(this.toolCalls))
			.media(List.copyOf(this.media))
			.build();
		ChatGenerationMetadata.Builder builder = ChatGenerationMetadata.builder().finishReason(this.finishReason);
		if (!this.filters.isEmpty()) {
			builder.contentFilters(this.filters);
		}
		if (!this.metadata.isEmpty()) {
			builder.metadata(this.metadata);
		}
		return new Generation(message, builder.build());
	}

	/**
	 * Some providers give as an enum in a stream what they give as a text in a call.
	 */
	private void addProperty(String name, @Nullable Object value) {
		if (IN_PIECES.contains(name) && value instanceof String piece) {
			this.inPieces.computeIfAbsent(name, (none) -> new StringBuilder()).append(piece);
			this.properties.put(name, "");
		}
		else if (value != null && !name.equals(AbstractMessage.MESSAGE_TYPE)) {
			this.properties.put(name, (value instanceof Enum<?> constant) ? constant.name() : value);
		}
	}

	private void addMetadata(String name, Object value) {
		boolean more = REASONING.contains(name) && value instanceof String && this.metadata.get(name) instanceof String;
		this.metadata.put(name, more ? this.metadata.get(name) + (String) value : value);
	}

	private static long weightOf(AssistantMessage message) {
		long weight = 0;
		for (AssistantMessage.ToolCall call : message.getToolCalls()) {
			weight += 2L * ((call.arguments() != null) ? call.arguments().length() : 0);
		}
		for (Media medium : message.getMedia()) {
			weight += (medium.getData() instanceof byte[] bytes) ? bytes.length : 0;
		}
		for (String name : IN_PIECES) {
			weight += (message.getMetadata().get(name) instanceof String piece) ? 2L * piece.length() : 0;
		}
		return weight;
	}

}
