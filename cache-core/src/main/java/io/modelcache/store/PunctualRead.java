package io.modelcache.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A read on the thread of its caller if the store can be back in time, and another way if
 * it cannot or the caller is interrupted.
 * <p>
 * A virtual thread that is interrupted closes the socket that it reads from. That says
 * nothing about the store.
 *
 * @param store the store
 * @param fingerprints what is asked for
 * @param timeout how long the caller waits
 * @param otherwise the other way
 */
record PunctualRead(PunctualStore store, Collection<Fingerprint> fingerprints, Duration timeout,
		Attempt<Map<Fingerprint, StoredEntry>> otherwise) implements Attempt<Map<Fingerprint, StoredEntry>> {

	@Override
	public CompletableFuture<Map<Fingerprint, StoredEntry>> start(Runnable ended) {
		CompletableFuture<Map<Fingerprint, StoredEntry>> answer = tryHere();
		if (answer == null) {
			return this.otherwise.start(ended);
		}
		ended.run();
		return answer;
	}

	private @Nullable CompletableFuture<Map<Fingerprint, StoredEntry>> tryHere() {
		if (Thread.currentThread().isInterrupted()) {
			return null;
		}
		try {
			Map<Fingerprint, StoredEntry> found = this.store.getAllWithin(this.fingerprints, this.timeout);
			return (found != null) ? CompletableFuture.completedFuture(found) : null;
		}
		catch (TimeoutException | RuntimeException | Error ex) {
			return CompletableFuture
				.failedFuture(Thread.currentThread().isInterrupted() ? new InterruptedException() : ex);
		}
	}

}
