package io.modelcache;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the cache of one model, resolved and immutable.
 *
 * @param name the name of the cache, which is that of the model's bean
 * @param layer what the store is called in a {@link CacheStatus}
 * @param namespace what goes into every key, to start afresh by changing it
 * @param modelId what tells the model from others, if it cannot be read from the model
 * @param ttl how long an answer is fresh, or {@code null} for ever
 * @param staleRetention how long an answer that is no longer fresh is kept
 * @param maxEntrySize the size in bytes above which an answer is not stored
 */
public record CacheSettings(String name, String layer, String namespace, @Nullable String modelId,
		@Nullable Duration ttl, Duration staleRetention, long maxEntrySize) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if the name is blank, the time or the size is not
	 * positive, or the retention is negative
	 */
	public CacheSettings {
		Objects.requireNonNull(layer, "'layer' must not be null");
		Objects.requireNonNull(namespace, "'namespace' must not be null");
		if (name.isBlank()) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
		if (ttl != null && (ttl.isNegative() || ttl.isZero())) {
			throw new IllegalArgumentException(
					"'ttl' must be positive, or null for answers that do not expire, not " + ttl);
		}
		if (staleRetention.isNegative()) {
			throw new IllegalArgumentException("'staleRetention' must not be negative, but is " + staleRetention);
		}
		if (maxEntrySize < 1) {
			throw new IllegalArgumentException("'maxEntrySize' must be at least 1 byte, not " + maxEntrySize);
		}
	}

}
