package io.modelcache.chat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.LeaseStore;
import io.modelcache.store.StoreUnavailableException;
import io.modelcache.store.StoreUnavailableException.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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

	private static final Duration FIRST_RETRY = Duration.ofMillis(100);

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
		return Mono.fromCallable(claim::attemptSafely)
			.repeatWhenEmpty(
					(repeats) -> repeats.concatMap((waited) -> LeaderThreads.after(pause(waited.intValue()), waited)))
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

		/**
		 * Try once, and ask without a lease if the JVM fails: Reactor would tell nobody,
		 * and the flight would never land.
		 */
		@Nullable ChatLookup attemptSafely() {
			try {
				return attempt();
			}
			catch (Error ex) {
				return this.lookup;
			}
		}

		/**
		 * Ask for the lease. If it is not known whether the store has given it, it is
		 * given back all the same: or else everybody would wait for nobody.
		 */
		Verdict acquire() {
			try {
				if (!ChatLeases.this.leases.acquire(key(), this.holder, ChatLeases.this.duration)) {
					return Verdict.REFUSED;
				}
			}
			catch (Throwable ex) {
				if (isInDoubt(ex)) {
					this.flight.whenLanded(() -> releaseAfter(Duration.ZERO));
				}
				ChatLeases.this.failures.report(CacheOperation.LEASE, ex);
				return Verdict.UNKNOWN;
			}
			this.flight.whenLanded(() -> releaseAfter(Duration.ZERO));
			return Verdict.HELD;
		}

		/**
		 * Give the lease back, again and again until the store hears of it or the lease
		 * is over.
		 */
		@SuppressWarnings("FutureReturnValueIgnored")
		private void releaseAfter(Duration pause) {
			Duration next = pause.isZero() ? FIRST_RETRY : pause.multipliedBy(2);
			LeaderThreads.after(pause, next).subscribe((later) -> {
				if (!release() && later.compareTo(ChatLeases.this.duration) < 0) {
					releaseAfter(later);
				}
			}, (ex) -> ChatLeases.this.failures.report(CacheOperation.LEASE, ex));
		}

		/**
		 * Give the lease back.
		 * @return whether the store has heard of it, or never will
		 */
		private boolean release() {
			try {
				ChatLeases.this.leases.release(key(), this.holder);
				return true;
			}
			catch (Throwable ex) {
				ChatLeases.this.failures.report(CacheOperation.LEASE, ex);
				return reason(ex) == Reason.CLOSED;
			}
		}

		/**
		 * Tell whether the store may have done what it was asked.
		 */
		private static boolean isInDoubt(Throwable failure) {
			Reason reason = reason(failure);
			return reason == null || reason == Reason.TIMEOUT || reason == Reason.INTERRUPTED;
		}

		private static @Nullable Reason reason(Throwable failure) {
			return (failure instanceof StoreUnavailableException unavailable) ? unavailable.getReason() : null;
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
