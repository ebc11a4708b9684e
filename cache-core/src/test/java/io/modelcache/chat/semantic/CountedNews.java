package io.modelcache.chat.semantic;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * A store in front of another that counts who listens to it.
 */
final class CountedNews implements CacheStore, RemovalSource {

	private final CacheStore store;

	private final AtomicInteger listeners = new AtomicInteger();

	private volatile @Nullable RemovalListener latest;

	CountedNews(CacheStore store) {
		this.store = store;
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

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return this.store.get(fingerprint);
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		return this.store.getAll(fingerprints);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.store.putAll(entries);
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		this.store.evictAll(fingerprints);
	}

	@Override
	public long evict(Selector selector) {
		return this.store.evict(selector);
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		return this.store.scan(selector, cursor, limit);
	}

	@Override
	public StoreStats stats() {
		return this.store.stats();
	}

	@Override
	public boolean blocking() {
		return this.store.blocking();
	}

}
