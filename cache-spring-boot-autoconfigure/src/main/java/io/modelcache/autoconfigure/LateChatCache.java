package io.modelcache.autoconfigure;

import java.util.function.Supplier;

import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import io.modelcache.chat.ChatCache;
import io.modelcache.chat.ChatLookup;
import io.modelcache.chat.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * A cache that is made with the first question, so that nothing it needs is created
 * earlier than without it. Until it can be made, the exact answer is all there is. Safe
 * for use by several threads.
 */
final class LateChatCache implements ChatCache {

	private final ChatCache exact;

	private final Supplier<ChatCache> maker;

	private final FailureReport failures;

	private volatile @Nullable ChatCache made;

	LateChatCache(ChatCache exact, Supplier<ChatCache> maker, FailureReport failures) {
		this.exact = exact;
		this.maker = maker;
		this.failures = failures;
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		return cache().find(request);
	}

	@Override
	public ChatLookup findAgain(ChatRequest request, ChatLookup before) {
		return cache().findAgain(request, before);
	}

	@Override
	public boolean blocking() {
		return true;
	}

	private ChatCache cache() {
		ChatCache known = this.made;
		return (known != null) ? known : make();
	}

	private synchronized ChatCache make() {
		ChatCache known = this.made;
		if (known != null) {
			return known;
		}
		try {
			ChatCache cache = this.maker.get();
			this.made = cache;
			return cache;
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return this.exact;
		}
	}

}
