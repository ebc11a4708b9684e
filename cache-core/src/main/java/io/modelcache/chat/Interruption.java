package io.modelcache.chat;

import java.nio.channels.ClosedByInterruptException;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a call failed because its own thread was interrupted, which is nobody
 * else's failure.
 */
final class Interruption {

	private Interruption() {
	}

	static boolean isBehind(Throwable failure) {
		if (Thread.currentThread().isInterrupted()) {
			return true;
		}
		@Nullable Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 16; depth++) {
			if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
