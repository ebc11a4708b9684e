package io.modelcache;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * One page of a {@link ModelCacheManager#keys listing} of a cache. It shows nothing of a
 * question or an answer.
 *
 * @param keys the keys of this page
 * @param next the cursor of the next page, or {@code null} after the last one
 */
public record CacheKeys(List<Key> keys, @Nullable String next) {

	/**
	 * Copy the keys.
	 */
	public CacheKeys {
		keys = List.copyOf(keys);
	}

	/**
	 * One entry of a cache.
	 *
	 * @param fingerprint the key
	 * @param createdAt when the answer was stored
	 * @param freshUntil until when it is fresh, or {@code null} for ever
	 * @param bytes the size of what is stored
	 * @param tags its labels
	 */
	public record Key(Fingerprint fingerprint, Instant createdAt, @Nullable Instant freshUntil, int bytes,
			Set<String> tags) {

		static Key of(StoredEntry entry) {
			Instant freshUntil = StoredEntry.NEVER.equals(entry.freshUntil()) ? null : entry.freshUntil();
			return new Key(entry.fingerprint(), entry.createdAt(), freshUntil, entry.payload().length, entry.tags());
		}

	}

}
