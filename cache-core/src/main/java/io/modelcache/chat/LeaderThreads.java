package io.modelcache.chat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which the leader of a flight goes on, of which there is always one more.
 * <p>
 * Those that Reactor has for what blocks are bounded, and the application may make calls
 * on all of them that wait for the very flight that is to land.
 */
final class LeaderThreads {

	private static final long IDLE_SECONDS = 10;

	private static final Scheduler SCHEDULER = Schedulers.fromExecutorService(threads());

	private LeaderThreads() {
	}

	/**
	 * Do something on another thread.
	 * @throws RejectedExecutionException if none can be made
	 */
	static void execute(Runnable task) {
		try {
			SCHEDULER.schedule(task);
		}
		catch (OutOfMemoryError ex) {
			throw new RejectedExecutionException("There is no thread to go on", ex);
		}
	}

	/**
	 * Give a value on another thread after a while.
	 */
	static <T> Mono<T> after(Duration delay, T value) {
		return Mono.delay(delay).flatMap((zero) -> Mono.create((sink) -> execute(() -> sink.success(value))));
	}

	private static ExecutorService threads() {
		AtomicInteger count = new AtomicInteger();
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "modelcache-leader-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

}
