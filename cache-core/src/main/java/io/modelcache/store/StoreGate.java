package io.modelcache.store;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.TransitionCheckResult;
import io.modelcache.store.StoreUnavailableException.Reason;

/**
 * Lets calls of one direction, reads or writes, through to a store for as long as it
 * answers: a deadline, a bulkhead and a circuit breaker.
 * <p>
 * A call that does not come back in time or loses its connection closes the gate at once,
 * other failures when their share is too high. Once the gate has been closed for a while,
 * the next caller is still turned away, but a trial call is made in the background; if it
 * succeeds, the gate is open again. Safe for use by several threads.
 */
final class StoreGate {

	/**
	 * How many deadlines a call may take that nobody waits for.
	 */
	static final int PATIENCE = 10;

	private static final int WINDOW = 20;

	private final String store;

	private final GuardLimits limits;

	private final Clock clock;

	private final Executor executor;

	private final CircuitBreaker breaker;

	private final Bulkhead bulkhead;

	private final Attempt<?> trial;

	private final AtomicBoolean trying = new AtomicBoolean();

	private volatile long closedUntil;

	StoreGate(String store, String direction, GuardLimits limits, Predicate<Throwable> disconnected, Clock clock,
			Executor executor, Attempt<?> trial) {
		this.store = store;
		this.limits = limits;
		this.clock = clock.withZone(ZoneOffset.UTC);
		this.executor = executor;
		this.trial = trial;
		Duration openFor = limits.openFor();
		this.breaker = CircuitBreaker.of(store + " " + direction, CircuitBreakerConfig.custom()
			.clock(this.clock)
			.failureRateThreshold(limits.failureRate())
			.minimumNumberOfCalls(WINDOW)
			.slidingWindowSize(WINDOW)
			.waitDurationInOpenState(openFor)
			.permittedNumberOfCallsInHalfOpenState(1)
			.transitionOnResult((result) -> (result.isRight() && opensAtOnce(result.get(), disconnected))
					? TransitionCheckResult.transitionToOpenAndWaitFor(openFor) : TransitionCheckResult.noTransition())
			.build());
		this.bulkhead = Bulkhead.of(store + " " + direction,
				BulkheadConfig.custom()
					.maxConcurrentCalls(limits.maxConcurrent())
					.maxWaitDuration(limits.timeout())
					.writableStackTraceEnabled(false)
					.build());
		this.breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition().getToState() == State.OPEN) {
				this.closedUntil = this.clock.millis() + openFor.toMillis();
			}
		});
		GateLog log = new GateLog(store, direction, openFor);
		this.breaker.getEventPublisher().onError((event) -> log.failed(event.getThrowable()));
		this.breaker.getEventPublisher()
			.onStateTransition((event) -> log.changed(event.getStateTransition().getToState()));
	}

	/**
	 * Tell whether calls are let through.
	 */
	boolean isOpen() {
		return this.breaker.getState() == State.CLOSED;
	}

	/**
	 * Make a call on behalf of somebody who waits.
	 * @throws StoreUnavailableException if it is not made or does not come back in time
	 */
	<T> T call(Attempt<T> attempt) {
		if (!isOpen()) {
			tryAgain();
			throw unavailable(Reason.OPEN);
		}
		return pass(attempt, this.limits.timeout());
	}

	/**
	 * Make a call that nobody waits for: it may take longer, and it may be the trial by
	 * which a closed gate is opened again.
	 * @param afterwards run once the call has really ended, which may be later than its
	 * deadline, or is not made
	 * @throws StoreUnavailableException if it is not made or does not come back in time
	 */
	<T> T callUnwatched(Attempt<T> attempt, Runnable afterwards) {
		return pass(attempt, this.limits.timeout().multipliedBy(PATIENCE), afterwards);
	}

	/**
	 * Tell whether a call may be made that opens a closed gate again.
	 */
	boolean isDue() {
		return this.clock.millis() > this.closedUntil;
	}

	private void tryAgain() {
		if (isDue() && this.trying.compareAndSet(false, true)) {
			boolean begun = false;
			try {
				this.executor.execute(this::makeTrial);
				begun = true;
			}
			catch (RejectedExecutionException ex) {
				// the guard is closed
			}
			finally {
				if (!begun) {
					this.trying.set(false);
				}
			}
		}
	}

	private void makeTrial() {
		try {
			pass(this.trial, this.limits.timeout());
		}
		catch (RuntimeException ex) {
			// the breaker has counted it, and its log has said it
		}
		finally {
			this.trying.set(false);
		}
	}

	private <T> T pass(Attempt<T> attempt, Duration deadline) {
		return pass(attempt, deadline, () -> {
		});
	}

	private <T> T pass(Attempt<T> attempt, Duration deadline, Runnable afterwards) {
		if (!this.bulkhead.tryAcquirePermission()) {
			afterwards.run();
			throw unavailable(Thread.currentThread().isInterrupted() ? Reason.INTERRUPTED : Reason.BUSY);
		}
		Once ended = new Once(() -> {
			this.bulkhead.onComplete();
			afterwards.run();
		});
		if (!this.breaker.tryAcquirePermission()) {
			ended.run();
			throw unavailable(Reason.OPEN);
		}
		CompletableFuture<T> answer;
		try {
			answer = attempt.start(ended);
		}
		catch (RejectedExecutionException ex) {
			ended.run();
			this.breaker.releasePermission();
			throw unavailable(Reason.CLOSED);
		}
		catch (Throwable ex) {
			ended.run();
			this.breaker.onError(0, TimeUnit.NANOSECONDS, ex);
			throw ex;
		}
		return await(answer, deadline);
	}

	private <T> T await(CompletableFuture<T> answer, Duration deadline) {
		try {
			T value = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
			this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
			return value;
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw late();
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			throw interrupted();
		}
		catch (CancellationException ex) {
			throw failed(ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			if (cause instanceof TimeoutException) {
				throw late();
			}
			if (cause instanceof InterruptedException && Thread.currentThread().isInterrupted()) {
				throw interrupted();
			}
			throw failed(cause);
		}
	}

	private RuntimeException failed(Throwable failure) {
		this.breaker.onError(0, TimeUnit.NANOSECONDS, failure);
		return unchecked(failure);
	}

	private StoreUnavailableException late() {
		StoreUnavailableException late = unavailable(Reason.TIMEOUT);
		this.breaker.onError(0, TimeUnit.NANOSECONDS, late);
		return late;
	}

	private StoreUnavailableException interrupted() {
		this.breaker.releasePermission();
		Thread.currentThread().interrupt();
		return unavailable(Reason.INTERRUPTED);
	}

	private StoreUnavailableException unavailable(Reason reason) {
		return new StoreUnavailableException(this.store, reason);
	}

	private static boolean opensAtOnce(Throwable failure, Predicate<Throwable> disconnected) {
		return failure instanceof StoreUnavailableException || disconnected.test(failure);
	}

	private static RuntimeException unchecked(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof RuntimeException exception) ? exception : new CompletionException(failure);
	}

	/**
	 * What is done once, however often it is asked for.
	 */
	private static final class Once implements Runnable {

		private final Runnable action;

		private final AtomicBoolean done = new AtomicBoolean();

		Once(Runnable action) {
			this.action = action;
		}

		@Override
		public void run() {
			if (this.done.compareAndSet(false, true)) {
				this.action.run();
			}
		}

	}

}
