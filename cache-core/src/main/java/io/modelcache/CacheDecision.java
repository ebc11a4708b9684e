package io.modelcache;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Whether a policy allows something of the cache, and if not, why.
 *
 * @param reason why not, in one word that is the same for all such cases and shows
 * nothing of the question or the answer, such as {@code non-deterministic}; {@code null}
 * if it is allowed
 */
public record CacheDecision(@Nullable String reason) {

	private static final CacheDecision ALLOW = new CacheDecision(null);

	/**
	 * Allow it.
	 * @return the decision
	 */
	public static CacheDecision allow() {
		return ALLOW;
	}

	/**
	 * Refuse it.
	 * @param reason why, see {@link #reason()}
	 * @return the decision
	 */
	public static CacheDecision refuse(String reason) {
		return new CacheDecision(Objects.requireNonNull(reason, "'reason' must not be null"));
	}

	/**
	 * Tell whether it is allowed.
	 * @return whether there is no reason against it
	 */
	public boolean allowed() {
		return this.reason == null;
	}

}
