package io.modelcache;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call wants an answer {@link CacheControl#onlyIfCached() only if it is
 * cached}, and it is not.
 */
public final class CacheMissException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient CacheStatus status;

	/**
	 * Create an exception for one call.
	 * @param cache the name of the cache
	 * @param status why there is no answer
	 */
	public CacheMissException(String cache, CacheStatus status) {
		super("Cache '%s' has no answer, and only a cached one was wanted (%s)".formatted(cache, status));
		this.status = status;
	}

	/**
	 * Return why there is no answer.
	 * @return the status, or {@code null} after deserialization
	 */
	public @Nullable CacheStatus getStatus() {
		return this.status;
	}

}
