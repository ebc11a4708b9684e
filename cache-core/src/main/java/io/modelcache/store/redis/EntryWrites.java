package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * Puts entries, each one at a stroke and all in one round trip, and tells which ones were
 * replaced.
 */
final class EntryWrites {

	/**
	 * Thirty thousand years; Redis refuses what does not fit into its clock.
	 */
	private static final long LONGEST = 1_000_000_000_000_000L;

	private static final long FOR_EVER = -1;

	private final RedisLink link;

	private final KeyLayout keys;

	private final ServerClock clock;

	private final NewsDesk news;

	EntryWrites(RedisLink link, KeyLayout keys, ServerClock clock, NewsDesk news) {
		this.link = link;
		this.keys = keys;
		this.clock = clock;
		this.news = news;
	}

	CompletableFuture<Void> putAll(Collection<StoredEntry> entries) {
		Map<Fingerprint, StoredEntry> last = new LinkedHashMap<>();
		entries.forEach((entry) -> last.put(entry.fingerprint(), entry));
		if (last.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		return Cancellation.compose(this.clock.offset(), (offset) -> put(last.values(), offset));
	}

	private CompletableFuture<Void> put(Collection<StoredEntry> entries, long offset) {
		List<RedisRequest> requests = new ArrayList<>();
		Map<Fingerprint, Integer> existence = new LinkedHashMap<>();
		for (StoredEntry entry : entries) {
			existence.put(entry.fingerprint(), requests.size());
			add(entry, offset, requests);
		}
		return Cancellation.accept(this.link.send(requests), (replies) -> {
			List<Fingerprint> replaced = new ArrayList<>();
			existence.forEach((fingerprint, index) -> {
				if (replies.get(index).number() > 0) {
					replaced.add(fingerprint);
				}
			});
			this.news.replaced(replaced);
		});
	}

	/**
	 * Add what puts one entry; the first reply says whether there was one before.
	 */
	private void add(StoredEntry entry, long offset, List<RedisRequest> requests) {
		byte[] key = this.keys.entry(entry.fingerprint());
		long life = life(entry);
		if (life == 0) {
			requests.add(RedisRequest.of("UNLINK").key(key));
			return;
		}
		byte[] value = EntryCodec.write(entry, offset);
		if (!entry.tags().isEmpty()) {
			requests.add(RedisRequest.script(Scripts.PUT, this.keys.entryAndTags(entry))
				.add(entry.fingerprint().toHex())
				.add(value)
				.add(life));
			return;
		}
		RedisRequest set = RedisRequest.of("SET").key(key).add(value);
		requests.add(RedisRequest.of("EXISTS").key(key));
		requests.add((life != FOR_EVER) ? set.add("PX").add(life) : set);
	}

	/**
	 * Return how long an entry lives.
	 * @return the time in milliseconds, 0 if it has ended, or {@link #FOR_EVER}
	 */
	private long life(StoredEntry entry) {
		long left = entry.keepUntil().toEpochMilli() - this.clock.now();
		return (left > LONGEST) ? FOR_EVER : Math.max(left, 0);
	}

}
