package io.modelcache.chat;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;

/**
 * Hears only of failures, and tells them as those of another cache.
 */
final class FailuresOf implements CacheListener {

	private final String cache;

	private final CacheListener listener;

	FailuresOf(String cache, CacheListener listener) {
		this.cache = cache;
		this.listener = listener;
	}

	@Override
	public void onFailure(String ignored, CacheOperation operation, Throwable failure) {
		this.listener.onFailure(this.cache, operation, failure);
	}

}
