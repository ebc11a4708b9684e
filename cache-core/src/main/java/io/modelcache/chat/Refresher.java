package io.modelcache.chat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;

/**
 * Renews stale answers in the background, within the bound of its executor.
 */
final class Refresher {

	private final String name;

	private final Executor executor;

	private final CacheListener listener;

	private final FailureReport failures;

	private final Set<Fingerprint> pending = ConcurrentHashMap.newKeySet();

	Refresher(String name, Executor executor, CacheListener listener, FailureReport failures) {
		this.name = name;
		this.executor = executor;
		this.listener = listener;
		this.failures = failures;
	}

	/**
	 * Renew an answer, unless that is being done or is to be done already.
	 * @param key the fingerprint of its request
	 * @param renewal renews it
	 */
	void refresh(Fingerprint key, Runnable renewal) {
		if (!this.pending.add(key)) {
			return;
		}
		try {
			this.executor.execute(() -> run(key, renewal));
		}
		catch (RejectedExecutionException ex) {
			this.pending.remove(key);
			this.listener.onReject(this.name, "refresh-queue-full");
		}
		catch (Throwable ex) {
			this.pending.remove(key);
			this.failures.report(CacheOperation.REFRESH, ex);
		}
	}

	private void run(Fingerprint key, Runnable renewal) {
		try {
			renewal.run();
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.REFRESH, ex);
		}
		finally {
			this.pending.remove(key);
		}
	}

}
