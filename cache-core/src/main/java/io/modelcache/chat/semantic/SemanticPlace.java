package io.modelcache.chat.semantic;

import io.modelcache.CacheStatus;
import io.modelcache.EntryTerms;
import io.modelcache.Snapshot;
import io.modelcache.chat.ChatAnswer;
import io.modelcache.chat.ChatLookup;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * The place of an answer that others than those who ask in the same words may get: the
 * store first, then what leads to it.
 */
final class SemanticPlace implements ChatLookup.Place {

	private final SemanticChatCache cache;

	private final AskedQuestion asked;

	SemanticPlace(SemanticChatCache cache, AskedQuestion asked) {
		this.cache = cache;
		this.asked = asked;
	}

	@Override
	public @Nullable Snapshot<ChatAnswer> snapshot(ChatAnswer answer) {
		return this.cache.context().answers().snapshot(answer);
	}

	@Override
	public CacheStatus leave(Snapshot<ChatAnswer> snapshot, CacheStatus before) {
		EntryTerms terms = this.asked.request().terms();
		StoredEntry stored = this.cache.context().answers().store(this.asked.request().fingerprint(), snapshot, terms);
		if (stored == null) {
			return before.withDetail("not-stored");
		}
		this.cache.learn(this.asked, stored);
		return before.withStored(terms.ttl());
	}

}
