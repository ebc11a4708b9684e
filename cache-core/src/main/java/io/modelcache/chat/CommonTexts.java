package io.modelcache.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Texts that stand in nearly every answer and are stored as one byte.
 * <p>
 * The list may grow at its end, to 128 texts; nothing in it may change, for it is part of
 * the format of stored entries.
 */
final class CommonTexts {

	private static final List<String> TEXTS = List.of("", "id", "role", "index", "finishReason", "refusal",
			"annotations", "reasoningContent", "created", "STOP", "stop", "ASSISTANT", "assistant", "TOOL_CALLS",
			"tool_calls", "end_turn", "tool_use", "function", "system_fingerprint", "service_tier", "type",
			"thoughtSignatures", "thinking", "signature", "citations", "total-duration", "load-duration",
			"eval-duration", "eval-count", "prompt-eval-duration", "prompt-eval-count", "created-at", "done");

	private static final Map<String, Integer> NUMBERS = numbers();

	private CommonTexts() {
	}

	/**
	 * Return the number of a text.
	 * @return the number, or {@code null} if it is not a common one
	 */
	static @Nullable Integer numberOf(String text) {
		return NUMBERS.get(text);
	}

	/**
	 * Return the text of a number.
	 * @throws IllegalArgumentException if there is none
	 */
	static String text(int number) {
		if (number < 0 || number >= TEXTS.size()) {
			throw new IllegalArgumentException("No common text has the number " + number);
		}
		return TEXTS.get(number);
	}

	private static Map<String, Integer> numbers() {
		Map<String, Integer> numbers = new HashMap<>();
		TEXTS.forEach((text) -> numbers.put(text, numbers.size()));
		return numbers;
	}

}
