package io.modelcache.store.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Knows the time of the server, by which entries live.
 * <p>
 * The server is asked once in a while; in between its time is told by a monotonic clock,
 * so that a change of this JVM's wall clock changes nothing.
 */
final class ServerClock {

	private static final long VALID = TimeUnit.SECONDS.toNanos(10);

	private final RedisLink link;

	private final InstantSource clock;

	private final LongSupplier ticker;

	private final AtomicBoolean asking = new AtomicBoolean();

	private volatile @Nullable Reading last;

	ServerClock(RedisLink link, InstantSource clock, LongSupplier ticker) {
		this.link = link;
		this.clock = clock;
		this.ticker = ticker;
	}

	/**
	 * Return the time of this JVM.
	 */
	long now() {
		return this.clock.millis();
	}

	/**
	 * Return how far the server's clock is ahead of this JVM's, in milliseconds. Only the
	 * first one who asks waits.
	 */
	CompletableFuture<Long> offset() {
		Reading known = this.last;
		if (known == null) {
			return Cancellation.map(ask(), this::offset);
		}
		if (this.ticker.getAsLong() - known.nanos() > VALID && this.asking.compareAndSet(false, true)) {
			Cancellation.whenDone(ask(), (reading, failure) -> this.asking.set(false));
		}
		return CompletableFuture.completedFuture(offset(known));
	}

	private CompletableFuture<Reading> ask() {
		long sent = this.ticker.getAsLong();
		return Cancellation.map(this.link.send(List.of(RedisRequest.of("TIME"))), (replies) -> {
			long received = this.ticker.getAsLong();
			long millis = Duration.ofSeconds(replies.get(0).number(0)).toMillis() + replies.get(0).number(1) / 1000;
			Reading reading = new Reading(millis, sent + (received - sent) / 2);
			this.last = reading;
			return reading;
		});
	}

	private long offset(Reading reading) {
		long passed = TimeUnit.NANOSECONDS.toMillis(this.ticker.getAsLong() - reading.nanos());
		return reading.millis() + passed - this.clock.millis();
	}

	/**
	 * What the server said.
	 *
	 * @param millis its time
	 * @param nanos the time of the monotonic clock when it said so
	 */
	private record Reading(long millis, long nanos) {

	}

}
