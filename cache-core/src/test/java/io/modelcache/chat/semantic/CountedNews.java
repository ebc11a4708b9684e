package io.modelcache.chat.semantic;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.store.CacheStore;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource;
import io.modelcache.testing.ForwardingStore;
import org.jspecify.annotations.Nullable;

/**
 * A store in front of another that counts who listens to it.
 */
final class CountedNews extends ForwardingStore implements RemovalSource {

	private final AtomicInteger listeners = new AtomicInteger();

	private volatile @Nullable RemovalListener latest;

	CountedNews(CacheStore store) {
		super(store);
	}

	AtomicInteger listeners() {
		return this.listeners;
	}

	/**
	 * Return who listened last.
	 */
	RemovalListener latest() {
		return Objects.requireNonNull(this.latest);
	}

	@Override
	public Subscription subscribe(RemovalListener listener) {
		this.listeners.incrementAndGet();
		this.latest = listener;
		return this.listeners::decrementAndGet;
	}

}
