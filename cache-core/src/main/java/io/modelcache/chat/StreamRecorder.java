package io.modelcache.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Puts the chunks of one stream together again to the answer that {@code call} would have
 * returned, within a bound of bytes.
 * <p>
 * It is used by one stream, whose chunks come one after the other.
 */
final class StreamRecorder {

	/**
	 * What a chunk counts at least, because its objects take room while it is shared.
	 */
	private static final int CHUNK_WEIGHT = 64;

	private final long limit;

	private final Map<String, GenerationDraft> drafts = new LinkedHashMap<>();

	private final Map<String, Object> metadata = new LinkedHashMap<>();

	private long weight;

	private @Nullable String objection;

	private boolean foreign;

	private boolean toolCalls;

	private String id = "";

	private String model = "";

	private @Nullable Usage usage;

	private boolean usageApart;

	StreamRecorder(long limit) {
		this.limit = limit;
	}

	/**
	 * Tell whether a chunk could be the last one, because it has a finish reason or
	 * nothing but the usage.
	 */
	static boolean mayBeLast(ChatResponse chunk) {
		for (Generation generation : chunk.getResults()) {
			ChatGenerationMetadata metadata = generation.getMetadata();
			if (metadata == null || !GenerationDraft.isFinal(metadata.getFinishReason())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Record a chunk. Whatever is wrong with it is a reason to give the record up, never
	 * to disturb the stream.
	 * @return why the record was given up, or {@code null} if it was not
	 */
	@Nullable String add(ChatResponse chunk) {
		if (this.objection == null) {
			try {
				record(chunk);
			}
			catch (RuntimeException | Error ex) {
				giveUp("unreadable");
			}
		}
		return this.objection;
	}

	/**
	 * Return why the record was given up, or {@code null} if it was not.
	 */
	@Nullable String objection() {
		return this.objection;
	}

	/**
	 * Return the whole answer. A stream in which nobody has said why it ended may have
	 * been cut off.
	 * @return the answer, or {@code null} if the record was given up
	 */
	@Nullable ChatAnswer answer() {
		if (this.objection != null) {
			return null;
		}
		if (this.drafts.values().stream().noneMatch(GenerationDraft::hasEnded)) {
			giveUp(this.drafts.isEmpty() ? "empty-answer" : "incomplete");
			return null;
		}
		try {
			return assemble();
		}
		catch (RuntimeException | Error ex) {
			giveUp("unreadable");
			return null;
		}
	}

	private void record(ChatResponse chunk) {
		this.weight += CHUNK_WEIGHT;
		addMetadata(chunk.getMetadata());
		int position = 0;
		for (Generation generation : chunk.getResults()) {
			String key = GenerationDraft.keyOf(generation, position++);
			this.weight += this.drafts.computeIfAbsent(key, (none) -> new GenerationDraft()).add(generation);
			this.foreign |= generation.getOutput().getClass() != AssistantMessage.class;
			this.toolCalls |= generation.getOutput().hasToolCalls();
		}
		this.usageApart = chunk.getResults().isEmpty();
		if (this.weight > this.limit) {
			giveUp("too-large");
		}
		else if (this.foreign && this.toolCalls) {
			giveUp("unknown-message-type");
		}
	}

	private void giveUp(String reason) {
		this.objection = reason;
		this.drafts.clear();
		this.metadata.clear();
	}

	private ChatAnswer assemble() {
		List<Generation> generations = new ArrayList<>();
		List<List<Integer>> pieces = new ArrayList<>();
		for (GenerationDraft draft : this.drafts.values()) {
			generations.add(draft.toGeneration());
			pieces.add(draft.pieces());
		}
		ChatResponseMetadata.Builder builder = ChatResponseMetadata.builder().id(this.id).model(this.model);
		if (this.usage != null) {
			builder.usage(this.usage);
		}
		this.metadata.forEach(builder::keyValue);
		return new ChatAnswer(new ChatResponse(generations, builder.build()), new StreamShape(pieces, this.usageApart));
	}

	private void addMetadata(ChatResponseMetadata chunk) {
		this.id = first(chunk.getId(), this.id);
		this.model = first(chunk.getModel(), this.model);
		Usage latest = chunk.getUsage();
		if (latest != null && !(latest instanceof EmptyUsage) && (this.usage == null || latest.getTotalTokens() > 0)) {
			this.usage = latest;
		}
		chunk.entrySet().forEach((entry) -> this.metadata.put(entry.getKey(), entry.getValue()));
	}

	private static String first(@Nullable String latest, String before) {
		return (latest != null && !latest.isEmpty()) ? latest : before;
	}

}
