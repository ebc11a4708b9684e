package io.modelcache.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.modelcache.CacheKeys;
import org.jspecify.annotations.Nullable;

/**
 * A page of the entries of one model, without anything of what is in them.
 *
 * @param model what is known of the model
 * @param entries the entries of this page
 * @param next the cursor of the next page, or {@code null} after the last one
 */
record EntriesReport(ModelReport model, List<Entry> entries, @Nullable String next) {

	static EntriesReport of(ModelReport model, CacheKeys page) {
		return new EntriesReport(model, page.keys().stream().map(Entry::of).toList(), page.next());
	}

	/**
	 * One entry.
	 *
	 * @param key the key id, by which it can be evicted
	 * @param createdAt when the answer was stored
	 * @param freshUntil until when it is fresh, or {@code null} for ever
	 * @param bytes the size of what is stored
	 * @param tags its labels
	 */
	record Entry(String key, Instant createdAt, @Nullable Instant freshUntil, int bytes, Set<String> tags) {

		static Entry of(CacheKeys.Key key) {
			return new Entry(key.fingerprint().id(), key.createdAt(), key.freshUntil(), key.bytes(), key.tags());
		}

	}

}
