package io.modelcache.store;

import java.time.Duration;

/**
 * How long and how often a guard lets a store keep callers waiting.
 *
 * @param timeout how long a caller waits for one answer, more than zero
 * @param maxConcurrent how many calls of one direction are under way at once, at least 1
 * @param failureRate the percentage of failures over {@code 20} calls from which on the
 * store is left alone, more than 0 and at most 100
 * @param openFor for how long it is then left alone, more than zero
 */
public record GuardLimits(Duration timeout, int maxConcurrent, int failureRate, Duration openFor) {

	/**
	 * 200 milliseconds, 64 calls, 50 percent, 10 seconds.
	 */
	public static final GuardLimits DEFAULT = new GuardLimits(Duration.ofMillis(200), 64, 50, Duration.ofSeconds(10));

	/**
	 * Check the components.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public GuardLimits {
		require(timeout.toMillis() > 0, "'timeout' must be at least a millisecond");
		require(maxConcurrent > 0, "'maxConcurrent' must be at least 1");
		require(failureRate > 0 && failureRate <= 100, "'failureRate' must be a percentage from 1 to 100");
		require(openFor.toMillis() > 0, "'openFor' must be at least a millisecond");
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

}
