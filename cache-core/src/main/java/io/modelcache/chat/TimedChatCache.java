package io.modelcache.chat;

import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;

/**
 * Tells how long another cache takes to find an answer, or that there is none.
 */
final class TimedChatCache implements ChatCache {

	private final ChatCache cache;

	private final CacheSettings settings;

	private final CacheListener listener;

	TimedChatCache(ChatCache cache, CacheSettings settings, CacheListener listener) {
		this.cache = cache;
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * Put a clock on a cache, unless nobody looks at it.
	 */
	static ChatCache of(ChatCache cache, CacheSettings settings, CacheListener listener) {
		return (listener != CacheListener.NONE) ? new TimedChatCache(cache, settings, listener) : cache;
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		long start = System.nanoTime();
		return told(this.cache.find(request), start);
	}

	@Override
	public ChatLookup findAgain(ChatRequest request, ChatLookup before) {
		long start = System.nanoTime();
		return told(this.cache.findAgain(request, before), start);
	}

	@Override
	public boolean blocking() {
		return this.cache.blocking();
	}

	private ChatLookup told(ChatLookup lookup, long start) {
		CacheStatus status = lookup.status();
		String layer = (status.layer() != null) ? status.layer() : this.settings.layer();
		this.listener.onLookup(this.settings.name(), layer, status, System.nanoTime() - start);
		return lookup;
	}

}
