package io.modelcache.chat;

import io.modelcache.SavedCall;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;

/**
 * Reads from an answer what it had cost to ask the model.
 */
final class Savings {

	private Savings() {
	}

	/**
	 * Describe the call that an answer saves.
	 * @param answer the answer, or {@code null} if it is not known as a whole
	 * @param context the context of whoever gets it
	 */
	@SuppressWarnings({ "NullAway", "ConstantValue" })
	static SavedCall of(@Nullable ChatAnswer answer, ContextView context) {
		ChatResponseMetadata metadata = (answer != null) ? answer.response().getMetadata() : null;
		Usage usage = (metadata != null) ? metadata.getUsage() : null;
		String model = (metadata != null) ? metadata.getModel() : null;
		return new SavedCall((model != null && !model.isEmpty()) ? model : null,
				orZero((usage != null) ? usage.getPromptTokens() : null),
				orZero((usage != null) ? usage.getCompletionTokens() : null), context);
	}

	private static long orZero(@Nullable Integer tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
