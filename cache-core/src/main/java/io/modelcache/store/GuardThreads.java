package io.modelcache.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads on which a store is called: as many as there are calls, which the
 * bulkheads bound, and none when there are none.
 */
final class GuardThreads {

	private static final long IDLE_SECONDS = 30;

	private GuardThreads() {
	}

	static ExecutorService named(String prefix) {
		AtomicInteger count = new AtomicInteger();
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

}
