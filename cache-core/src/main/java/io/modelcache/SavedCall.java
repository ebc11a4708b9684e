package io.modelcache;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A call to the model that was not needed, because its answer was there. Immutable.
 *
 * @param model the name of the model that gave the answer when it was asked, or
 * {@code null} if it did not tell
 * @param inputTokens how many tokens it was given then by its own account, 0 if it did
 * not tell
 * @param outputTokens how many tokens it gave then by its own account, 0 if it did not
 * tell
 * @param context the Reactor context of the one who subscribed to the answer, empty for
 * one who called
 */
public record SavedCall(@Nullable String model, long inputTokens, long outputTokens, ContextView context) {

	/**
	 * A call of which nothing is known.
	 */
	public static final SavedCall UNKNOWN = new SavedCall(null, 0, 0, Context.empty());

	/**
	 * Show nothing of the context.
	 */
	@Override
	public String toString() {
		return "SavedCall[%s, %d, %d]".formatted(this.model, this.inputTokens, this.outputTokens);
	}

}
