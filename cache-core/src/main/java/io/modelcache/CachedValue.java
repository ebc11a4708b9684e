package io.modelcache;

import java.time.Duration;
import java.time.Instant;

import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * An answer from a store, and how old it is.
 *
 * @param value the answer
 * @param age how long ago it was made, never negative
 * @param ttl how long it is fresh from now on, negative or zero if it is stale, or
 * {@code null} if it is fresh for ever
 * @param <V> the type of the answer
 */
public record CachedValue<V>(V value, Duration age, @Nullable Duration ttl) {

	static <V> CachedValue<V> of(V value, StoredEntry entry, Instant now) {
		Duration age = Duration.between(entry.createdAt(), now);
		Duration ttl = StoredEntry.NEVER.equals(entry.freshUntil()) ? null : Duration.between(now, entry.freshUntil());
		return new CachedValue<>(value, age.isNegative() ? Duration.ZERO : age, ttl);
	}

	/**
	 * Tell whether the answer may be given without further ado.
	 * @return whether it is not stale
	 */
	public boolean fresh() {
		return this.ttl == null || !(this.ttl.isNegative() || this.ttl.isZero());
	}

}
