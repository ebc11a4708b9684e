package io.modelcache.chat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.LeaseStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets the instances that share a store agree on which of them asks the model: the one
 * that holds the lease of the request. The others look into the store again and again
 * until the answer is there, or until they get the lease themselves, because it was given
 * back or is over.
 * <p>
 * If the store fails, everybody asks for himself.
 */
final class ChatLeases {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

	private final LeaseStore leases;

	private final Duration duration;

	private final @Nullable Duration maxWait;

	private final ChatCache cache;

	private final FailureReport failures;

	private final String instance = UUID.randomUUID().toString();

	private final AtomicLong claims = new AtomicLong();

	/**
	 * Create leases.
	 * @param leases the store
	 * @param duration how long a holder is alone
	 * @param maxWait after which time one who waits asks the model all the same, or
	 * {@code null} for never
	 * @param cache where the answers of others are found
	 * @param failures hears of a store that fails
	 */
	ChatLeases(LeaseStore leases, Duration duration, @Nullable Duration maxWait, ChatCache cache,
			FailureReport failures) {
		this.leases = leases;
		this.duration = duration;
		this.maxWait = maxWait;
		this.cache = cache;
		this.failures = failures;
	}

	/**
	 * Wait on the current thread until this instance may ask the model, or need not. A
	 * thread that is interrupted does not wait.
	 * @param lookup what was found before
	 * @param flight the flight that the caller leads; the lease ends when it lands
	 * @return what was found now
	 */
	ChatLookup await(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
		Claim claim = new Claim(request, lookup, flight);
		try {
			for (int waited = 0;; waited++) {
				ChatLookup settled = claim.attempt();
				if (settled != null) {
					return settled;
				}
				Thread.sleep(pause(waited).toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return lookup;
		}
	}

	/**
	 * Wait on no thread until this instance may ask the model, or need not.
	 */
	Mono<ChatLookup> awaitElsewhere(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
		Claim claim = new Claim(request, lookup, flight);
		return Mono.fromCallable(claim::attempt)
			.repeatWhenEmpty((repeats) -> repeats
				.concatMap((waited) -> Mono.delay(pause(waited.intValue())).flatMap(Elsewhere::with)))
			.onErrorReturn(lookup);
	}

	/**
	 * Tell whether somebody else asks the model already. If not, this instance is known
	 * to do so from now on.
	 */
	boolean isAskedElsewhere(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
		return new Claim(request, lookup, flight).acquire() == Verdict.REFUSED;
	}

	private static Duration pause(int waited) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(waited, 10));
		return (pause.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : pause;
	}

	/**
	 * What the store says to one who wants a lease.
	 */
	private enum Verdict {

		HELD, REFUSED, UNKNOWN

	}

	/**
	 * The wish of one flight for a lease.
	 */
	private final class Claim {

		private final ChatRequest request;

		private final ChatLookup lookup;

		private final ChatFlight flight;

		private final String holder = ChatLeases.this.instance + '-' + ChatLeases.this.claims.incrementAndGet();

		private final long start = System.nanoTime();

		Claim(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
			this.request = request;
			this.lookup = lookup;
			this.flight = flight;
		}

		/**
		 * Try once. Whoever gets the lease looks again, for the one before may have left
		 * an answer.
		 * @return what was found, or {@code null} to wait
		 */
		@Nullable ChatLookup attempt() {
			Verdict verdict = acquire();
			if (verdict == Verdict.UNKNOWN) {
				return this.lookup;
			}
			ChatLookup again = ChatLeases.this.cache.findAgain(this.request, this.lookup);
			return (verdict == Verdict.HELD || again.answer() != null || isOver()) ? again : null;
		}

		Verdict acquire() {
			try {
				if (!ChatLeases.this.leases.acquire(key(), this.holder, ChatLeases.this.duration)) {
					return Verdict.REFUSED;
				}
			}
			catch (Throwable ex) {
				ChatLeases.this.failures.report(CacheOperation.LEASE, ex);
				return Verdict.UNKNOWN;
			}
			this.flight.whenLanded(this::releaseElsewhere);
			return Verdict.HELD;
		}

		private void releaseElsewhere() {
			try {
				Schedulers.boundedElastic().schedule(this::release);
			}
			catch (RejectedExecutionException ex) {
				// the lease ends by itself
			}
		}

		private void release() {
			try {
				ChatLeases.this.leases.release(key(), this.holder);
			}
			catch (Throwable ex) {
				ChatLeases.this.failures.report(CacheOperation.LEASE, ex);
			}
		}

		private boolean isOver() {
			Duration maxWait = ChatLeases.this.maxWait;
			return maxWait != null
					&& TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.start) >= maxWait.toMillis();
		}

		private Fingerprint key() {
			return this.request.fingerprint();
		}

	}

}
