package io.modelcache.chat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * One call to the model that is under way, and all who wait for it.
 */
final class ChatFlight {

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	private volatile @Nullable Thread leader = Thread.currentThread();

	private final AtomicLong nextPromotion;

	private final @Nullable Duration maxWait;

	private volatile @Nullable LiveStream stream;

	private int waiting;

	private @Nullable StreamBranch seat;

	/**
	 * Start a flight of which the current thread is the leader.
	 * @param maxWait after which time a follower is promoted, or {@code null} for never
	 */
	ChatFlight(@Nullable Duration maxWait) {
		this.maxWait = maxWait;
		this.nextPromotion = new AtomicLong((maxWait != null) ? System.nanoTime() + maxWait.toNanos() : 0);
	}

	/**
	 * Land; only the first landing counts.
	 */
	boolean land(Landing landing) {
		return this.landing.complete(landing);
	}

	CompletableFuture<Landing> landing() {
		return this.landing;
	}

	/**
	 * Tell whether waiting would be waiting for oneself, which happens when a model calls
	 * itself by its decorator.
	 */
	boolean isLedByCurrentThread() {
		return this.stream == null && this.leader == Thread.currentThread();
	}

	/**
	 * Be led by no thread, but by whoever goes on later.
	 */
	void leaveThread() {
		this.leader = null;
	}

	/**
	 * Do something once it has landed. This must not wait for anything.
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	void whenLanded(Runnable action) {
		this.landing.whenComplete((landing, failure) -> action.run());
	}

	/**
	 * Carry a stream, which goes on as long as somebody waits for it to land.
	 */
	void carry(LiveStream stream) {
		this.stream = stream;
		sit();
	}

	@Nullable LiveStream stream() {
		return this.stream;
	}

	/**
	 * Begin to wait for the landing. Whether there is a stream already or not yet, it
	 * goes on from now on until all who wait have {@link #leave() left}.
	 */
	void join() {
		synchronized (this) {
			this.waiting++;
		}
		sit();
	}

	/**
	 * Take one seat for all who wait. The lock is not held meanwhile, for the stream may
	 * go on at once.
	 */
	private void sit() {
		LiveStream carried = this.stream;
		synchronized (this) {
			if (carried == null || this.waiting == 0 || this.seat != null) {
				return;
			}
		}
		StreamBranch taken = carried.takeSeat();
		synchronized (this) {
			if (this.waiting > 0 && this.seat == null) {
				this.seat = taken;
				taken = null;
			}
		}
		if (taken != null) {
			taken.cancel();
		}
	}

	/**
	 * Wait no longer.
	 */
	void leave() {
		StreamBranch empty = null;
		synchronized (this) {
			this.waiting--;
			if (this.waiting == 0) {
				empty = this.seat;
				this.seat = null;
			}
		}
		if (empty != null) {
			empty.cancel();
		}
	}

	/**
	 * Wait until it lands, or until this follower is promoted.
	 * @throws InterruptedException if the current thread is interrupted
	 */
	Landing await() throws InterruptedException {
		join();
		try {
			return awaitLanding();
		}
		finally {
			leave();
		}
	}

	private Landing awaitLanding() throws InterruptedException {
		while (true) {
			try {
				return (this.maxWait != null) ? this.landing.get(untilPromotion(), TimeUnit.NANOSECONDS)
						: this.landing.get();
			}
			catch (TimeoutException ex) {
				if (promote()) {
					return new Landing.Promoted();
				}
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("A flight never fails, it lands", ex);
			}
		}
	}

	/**
	 * Promote one follower each time the wait is over.
	 * @return whether it is the one who asks
	 */
	boolean promote() {
		long due = this.nextPromotion.get();
		return this.maxWait != null && System.nanoTime() - due >= 0
				&& this.nextPromotion.compareAndSet(due, System.nanoTime() + this.maxWait.toNanos());
	}

	private long untilPromotion() {
		return Math.max(1, this.nextPromotion.get() - System.nanoTime());
	}

}
