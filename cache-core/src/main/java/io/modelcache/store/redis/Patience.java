package io.modelcache.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.dao.QueryTimeoutException;

/**
 * Waits for the server, but not for ever.
 *
 * @param timeout how long
 */
record Patience(Duration timeout) {

	/**
	 * Wait for a result. One that comes too late is not wanted any more.
	 * @throws QueryTimeoutException if it does not come in time, or if the current thread
	 * is interrupted
	 */
	<T> T await(CompletableFuture<T> future) {
		try {
			return future.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(true);
			throw new QueryTimeoutException("Redis has not answered within " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("Interrupted while waiting for Redis", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException("Redis has failed", ex.getCause());
		}
	}

}
