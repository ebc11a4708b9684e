package io.modelcache.chat;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which stale answers are renewed unless another executor is set: at most
 * two for each JVM, which end when there is nothing to do.
 */
final class RefreshPool {

	private static final int THREADS = 2;

	private static final int QUEUE = 256;

	private static final long IDLE_SECONDS = 30;

	private static final AtomicInteger NUMBER = new AtomicInteger();

	static final Executor INSTANCE = create();

	private RefreshPool() {
	}

	private static Executor create() {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(QUEUE), (task) -> {
					Thread thread = new Thread(task, "modelcache-refresh-" + NUMBER.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

}
