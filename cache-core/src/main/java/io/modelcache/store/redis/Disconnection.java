package io.modelcache.store.redis;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Says that there is no connection such that everybody understands it: whatever a client
 * throws, an {@link IOException} is among the causes.
 */
final class Disconnection {

	private Disconnection() {
	}

	static RedisConnectionFailureException because(String message, @Nullable Throwable cause) {
		return new RedisConnectionFailureException(message, isIo(cause) ? cause : new IOException(message, cause));
	}

	private static boolean isIo(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return true;
			}
		}
		return false;
	}

}
