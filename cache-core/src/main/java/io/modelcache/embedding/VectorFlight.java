package io.modelcache.embedding;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * One vector that the model is being asked for, and all who wait for it.
 */
final class VectorFlight {

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	private final Thread leader = Thread.currentThread();

	private final @Nullable Duration maxWait;

	private final AtomicLong nextPromotion;

	/**
	 * Start a flight of which the current thread is the leader.
	 * @param maxWait after which time a follower is promoted, or {@code null} for never
	 */
	VectorFlight(@Nullable Duration maxWait) {
		this.maxWait = maxWait;
		this.nextPromotion = new AtomicLong((maxWait != null) ? System.nanoTime() + maxWait.toNanos() : 0);
	}

	/**
	 * Land; only the first landing counts.
	 */
	void land(Landing landing) {
		this.landing.complete(landing);
	}

	/**
	 * Wait until it lands, but not for oneself, which would happen if a model asked
	 * itself by its decorator.
	 * @return the landing, or {@code null} if this follower is to ask the model too,
	 * because the leader takes too long
	 * @throws InterruptedException if the current thread is interrupted
	 */
	@Nullable Landing await() throws InterruptedException {
		if (this.leader == Thread.currentThread()) {
			return new Unknown();
		}
		try {
			return (this.maxWait != null) ? await(this.maxWait) : this.landing.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A flight never fails, it lands", ex);
		}
	}

	/**
	 * Promote one follower each time the wait is over.
	 */
	private @Nullable Landing await(Duration limit) throws InterruptedException, ExecutionException {
		while (true) {
			long due = this.nextPromotion.get();
			try {
				return this.landing.get(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				if (this.nextPromotion.compareAndSet(due, System.nanoTime() + limit.toNanos())) {
					return null;
				}
			}
		}
	}

	int waiting() {
		return this.landing.getNumberOfDependents();
	}

	/**
	 * How a flight ended.
	 */
	sealed interface Landing {

	}

	/**
	 * The model gave the vector.
	 *
	 * @param vector the vector, to be copied
	 * @param stored whether it is in the cache now
	 */
	record Given(Vector vector, boolean stored) implements Landing {

	}

	/**
	 * The model failed.
	 *
	 * @param failure what it threw
	 * @param asked what it was asked for in one call
	 */
	record Failed(Throwable failure, Set<Fingerprint> asked) implements Landing {

	}

	/**
	 * Whoever asked has gone before there was an answer: somebody else must lead.
	 */
	record Abandoned() implements Landing {

	}

	/**
	 * The answer was of no use to others: who wants one asks for himself.
	 */
	record Unknown() implements Landing {

	}

}
