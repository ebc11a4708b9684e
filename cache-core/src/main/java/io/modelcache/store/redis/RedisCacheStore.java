package io.modelcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Keeps entries in Redis, on one server or in a cluster.
 * <p>
 * An entry is one value under one key, which the server lets expire. Whoever shares the
 * server and the prefix shares the entries, the leases and the news of removals. Nothing
 * is changed on the connection factory, whose connection the application goes on to use.
 * With Lettuce the store is also an {@link io.modelcache.store.AsyncCacheStore}; other
 * clients are used on one server only. Safe for use by several threads.
 */
public sealed class RedisCacheStore implements CacheStore, LeaseStore, RemovalSource, AutoCloseable
		permits LettuceCacheStore {

	private static final int SMALLEST_BATCH = 10;

	private static final int LARGEST_BATCH = 1000;

	private static final StoreStats NOTHING_KNOWN = new StoreStats(StoreStats.UNKNOWN, StoreStats.UNKNOWN,
			StoreStats.UNKNOWN);

	private final RedisLink link;

	private final KeyLayout keys;

	private final Patience patience;

	private final ServerClock clock;

	private final EntryReads reads;

	private final EntryWrites writes;

	private final EntryRemoval removal;

	private final NewsDesk news;

	private final NewsSubscription subscription;

	RedisCacheStore(RedisLink link, RedisCacheStoreBuilder builder) {
		this.link = link;
		this.keys = builder.keys();
		this.patience = new Patience(builder.timeout());
		this.clock = new ServerClock(link, builder.clock(), System::nanoTime);
		this.news = new NewsDesk(link, builder.channel());
		this.reads = new EntryReads(link, this.keys, this.clock, this.patience);
		this.writes = new EntryWrites(link, this.keys, this.clock, this.news);
		this.removal = new EntryRemoval(link, this.keys, this.patience, this.reads);
		this.subscription = new NewsSubscription(link, builder.connectionFactory(), builder.channel(), this.patience);
	}

	/**
	 * Start with the prefix {@code modelcache:}.
	 * @param connectionFactory gives the connections, and stays open when the store is
	 * closed
	 * @return a builder
	 */
	public static RedisCacheStoreBuilder builder(RedisConnectionFactory connectionFactory) {
		return new RedisCacheStoreBuilder(connectionFactory);
	}

	/**
	 * Check a key prefix.
	 * @param prefix what all keys and the channel of the news begin with
	 * @return the prefix
	 * @throws IllegalArgumentException if it has not 1 to 100 letters, digits and
	 * characters of {@code ._:/-}
	 */
	public static String requireKeyPrefix(String prefix) {
		return KeyLayout.requirePrefix(prefix);
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		return this.reads.getAll(fingerprints);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		return this.reads.get(fingerprint);
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		this.patience.await(this.writes.putAll(entries));
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		this.patience.await(evictAndTell(fingerprints));
	}

	/**
	 * Remove all entries that a selector matches. One with a tag is asked of the tag's
	 * sets; otherwise, and if the server may drop such sets when its memory is full, all
	 * keys with the prefix are walked over.
	 */
	@Override
	public long evict(Selector selector) {
		long evicted = this.removal.evict(selector);
		this.patience.await(this.news.cleared(selector));
		return evicted;
	}

	/**
	 * Walk by the cursors of Redis. In a cluster one server is walked over after the
	 * other; if its servers change meanwhile, entries may be missing.
	 */
	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		String tag = selector.tag();
		Walk walk = (tag != null) ? new TagWalk(this.link, this.patience, this.keys, tag)
				: new KeyWalk(this.link, this.patience, this.keys);
		ScanPosition position = (cursor != null) ? ScanPosition.parse(cursor) : walk.start();
		if (position.rest().isEmpty() && !position.isAtEnd()) {
			position = walk.step(position, Math.min(Math.max(limit, SMALLEST_BATCH), LARGEST_BATCH));
		}
		int size = Math.min(limit, position.rest().size());
		List<StoredEntry> page = new ArrayList<>(getAll(position.rest().subList(0, size)).values());
		page.removeIf((entry) -> !selector.matches(entry));
		return new ScanPage(page, position.skip(size).format());
	}

	/**
	 * Return no figures, since the server has them only for all its keys together.
	 */
	@Override
	public StoreStats stats() {
		return NOTHING_KNOWN;
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		if (duration.compareTo(Duration.ofMillis(1)) < 0) {
			throw new IllegalArgumentException("A lease takes at least a millisecond, not " + duration);
		}
		return run(RedisRequest.script(Scripts.ACQUIRE, List.of(this.keys.lease(fingerprint)))
			.add(holder)
			.add(duration.toMillis()));
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		return run(RedisRequest.script(Scripts.RELEASE, List.of(this.keys.lease(fingerprint))).add(holder));
	}

	/**
	 * Listen from now on, on a connection that all listeners of this store share. If the
	 * server is not there yet, listening begins when it is.
	 */
	@Override
	public Subscription subscribe(RemovalListener listener) {
		return this.subscription.add(listener);
	}

	@Override
	public void close() {
		this.subscription.close();
		this.link.close();
	}

	/**
	 * Connect and ask for the time in the background, so that the first call need not. If
	 * that fails, the next call tries again.
	 */
	final void connectAhead() {
		Cancellation.whenDone(this.clock.offset(), (offset, failure) -> {
		});
	}

	EntryReads reads() {
		return this.reads;
	}

	EntryWrites writes() {
		return this.writes;
	}

	CompletableFuture<Void> evictAndTell(Collection<Fingerprint> fingerprints) {
		return Cancellation.compose(this.removal.evictAll(fingerprints),
				(evicted) -> Cancellation.accept(this.news.evicted(fingerprints), (told) -> {
				}));
	}

	private boolean run(RedisRequest script) {
		return this.patience.await(this.link.send(List.of(script))).get(0).number() == 1;
	}

}
