package io.modelcache.chat;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;

/**
 * Renews stale answers in the background, within the bound of its executor.
 */
final class Refresher {

	private final String name;

	private final Executor executor;

	private final CacheListener listener;

	private final FailureReport failures;

	Refresher(String name, Executor executor, CacheListener listener, FailureReport failures) {
		this.name = name;
		this.executor = executor;
		this.listener = listener;
		this.failures = failures;
	}

	void refresh(Runnable renewal) {
		try {
			this.executor.execute(() -> run(renewal));
		}
		catch (RejectedExecutionException ex) {
			this.listener.onReject(this.name, "refresh-queue-full");
		}
	}

	private void run(Runnable renewal) {
		try {
			renewal.run();
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.REFRESH, ex);
		}
	}

}
