package io.modelcache.chat;

import java.util.Locale;
import java.util.Set;

import io.modelcache.CacheDecision;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The rules for every model: only complete answers are kept.
 */
final class StandardChatPolicy implements ChatCachePolicy {

	/**
	 * The words of the providers for an answer that came to its natural end.
	 */
	private static final Set<String> COMPLETE = Set.of("stop", "end_turn", "stop_sequence");

	private static final Set<String> TOOL_CALL = Set.of("tool_calls", "tool_call", "tool_use", "function_call");

	private static final Set<String> PART = Set.of("isThought", "signature", "data");

	/**
	 * Ollama tells so in the metadata of the response. Its client passes a finish reason
	 * on only together with the counts of tokens, which not every server sends.
	 */
	private static final String ENDS_WITH_A_REASON = "done";

	private static final CacheDecision EMPTY = CacheDecision.refuse("empty-answer");

	private final boolean toolCalls;

	private final NonDeterministic nonDeterministic;

	StandardChatPolicy(boolean toolCalls, NonDeterministic nonDeterministic) {
		this.toolCalls = toolCalls;
		this.nonDeterministic = nonDeterministic;
	}

	@Override
	public CacheDecision beforeLookup(Prompt prompt, @Nullable ChatOptions options) {
		if (prompt.getInstructions().isEmpty()) {
			return CacheDecision.refuse("empty-prompt");
		}
		if (this.nonDeterministic == NonDeterministic.BYPASS && options != null) {
			Double temperature = options.getTemperature();
			if (temperature != null && temperature > 0) {
				return CacheDecision.refuse("non-deterministic");
			}
		}
		return CacheDecision.allow();
	}

	@Override
	public CacheDecision beforeStore(Prompt prompt, ChatResponse response) {
		boolean empty = true;
		for (Generation generation : response.getResults()) {
			CacheDecision decision = judge(generation, response);
			if (!decision.allowed()) {
				return decision;
			}
			empty &= isEmpty(generation.getOutput()) || GenerationDraft.isThought(generation.getOutput().getMetadata());
		}
		return empty ? EMPTY : CacheDecision.allow();
	}

	private CacheDecision judge(Generation generation, ChatResponse response) {
		AssistantMessage output = generation.getOutput();
		if (output != null && isRefusal(output)) {
			return CacheDecision.refuse("refusal");
		}
		if (output == null || (isEmpty(output) && !isPart(output))) {
			return EMPTY;
		}
		if (!generation.getMetadata().getContentFilters().isEmpty()) {
			return CacheDecision.refuse("content-filter");
		}
		if (output.hasToolCalls() && !this.toolCalls) {
			return CacheDecision.refuse("tool-calls");
		}
		return isComplete(generation, response) ? CacheDecision.allow() : CacheDecision.refuse("incomplete");
	}

	/**
	 * A model that gives no reason at all is believed, unless it is known to have one. A
	 * tool call is why a generation ended if it, or another part of the same answer, has
	 * one.
	 */
	private static boolean isComplete(Generation generation, ChatResponse response) {
		String finishReason = normalized(generation.getMetadata().getFinishReason());
		if (finishReason.isEmpty()) {
			return !response.getMetadata().containsKey(ENDS_WITH_A_REASON);
		}
		AssistantMessage output = generation.getOutput();
		return COMPLETE.contains(finishReason) || (TOOL_CALL.contains(finishReason)
				&& (output.hasToolCalls() || (isPart(output) && response.hasToolCalls())));
	}

	private static boolean isEmpty(AssistantMessage output) {
		return (output.getText() == null || output.getText().isBlank()) && !output.hasToolCalls()
				&& output.getMedia().isEmpty();
	}

	/**
	 * Some providers give each part of one answer as a generation of its own, of which
	 * some may be empty: the thinking of Anthropic, sealed or not, and all parts of
	 * Google.
	 */
	private static boolean isPart(AssistantMessage output) {
		return PART.stream().anyMatch(output.getMetadata()::containsKey);
	}

	private static boolean isRefusal(AssistantMessage output) {
		return output.getMetadata().get("refusal") instanceof String refusal && !refusal.isBlank();
	}

	private static String normalized(@Nullable String finishReason) {
		return (finishReason != null) ? finishReason.trim().toLowerCase(Locale.ROOT).replace('-', '_') : "";
	}

}
