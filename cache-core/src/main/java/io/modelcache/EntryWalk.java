package io.modelcache;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.CountingStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Walks over entries of a store to count or to find them.
 */
final class EntryWalk {

	private static final int PAGE = 500;

	private static final int HEX = Fingerprint.BYTES * 2;

	private EntryWalk() {
	}

	/**
	 * Count entries, by the store itself if it can.
	 */
	static long count(CacheStore store, Selector selector) {
		CountingStore counting = store.capability(CountingStore.class);
		return (counting != null) ? counting.count(selector).entries() : walk(store, selector, (entry) -> true).size();
	}

	/**
	 * Find the entries that a key names, which is a whole one or a key id.
	 */
	static Set<Fingerprint> find(CacheStore store, String key) {
		if (key.length() == HEX) {
			Fingerprint whole = Fingerprint.fromHex(key);
			return (store.get(whole) != null) ? Set.of(whole) : Set.of();
		}
		return walk(store, Selector.all(), (entry) -> entry.fingerprint().id().equals(key));
	}

	/**
	 * An entry may come twice.
	 */
	private static Set<Fingerprint> walk(CacheStore store, Selector selector, Predicate<StoredEntry> wanted) {
		Set<Fingerprint> found = new HashSet<>();
		@Nullable String cursor = null;
		do {
			ScanPage page = store.scan(selector, cursor, PAGE);
			List<StoredEntry> entries = page.entries();
			entries.stream().filter(wanted).map(StoredEntry::fingerprint).forEach(found::add);
			cursor = page.next();
		}
		while (cursor != null);
		return found;
	}

}
