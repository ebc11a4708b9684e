package io.modelcache.chat.semantic;

import io.modelcache.CachedEntry;
import io.modelcache.chat.ChatAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer that was looked at, and whether it serves.
 *
 * @param found the answer and its entry
 * @param similarity the cosine similarity of the questions
 * @param guard what speaks against it, or {@code null} if nothing does
 */
record FoundAnswer(CachedEntry<ChatAnswer> found, double similarity, @Nullable String guard) {

	boolean serves() {
		return this.guard == null;
	}

}
