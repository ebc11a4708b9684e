package io.modelcache.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Aborts calls that still run long after their callers have left, again and again until
 * they end.
 *
 * @param store the store that is called, or {@code null} if it cannot abort
 * @param after how long after the caller has left
 * @param executor has the threads that abort
 */
record OverdueCalls(@Nullable AbortableStore store, Duration after, Executor executor) {

	/**
	 * Look after a call whose caller has left.
	 */
	void watch(HandedOverCall<?> call) {
		AbortableStore abortable = this.store;
		if (abortable != null) {
			CompletableFuture.delayedExecutor(this.after.toNanos(), TimeUnit.NANOSECONDS, this.executor)
				.execute(() -> abort(call, abortable));
		}
	}

	private void abort(HandedOverCall<?> call, AbortableStore abortable) {
		try {
			if (call.abort(abortable)) {
				watch(call);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			// the store cannot abort after all
		}
	}

}
