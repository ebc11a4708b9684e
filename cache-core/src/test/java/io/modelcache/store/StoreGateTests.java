package io.modelcache.store;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.modelcache.store.StoreUnavailableException.Reason;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link StoreGate}: what a call that ends in an odd way leaves behind.
 */
class StoreGateTests {

	private static final GuardLimits LIMITS = new GuardLimits(Duration.ofMillis(50), 1, 50, Duration.ofSeconds(10));

	private final TestClock clock = new TestClock();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private OutOfMemoryError noThread;

	private Attempt<Boolean> trial = answering(CompletableFuture.completedFuture(true));

	private final StoreGate gate = new StoreGate("odd", "reads", LIMITS, (ex) -> ex instanceof UncheckedIOException,
			this.clock.withZone(ZoneOffset.UTC), this::execute, (Attempt<Boolean>) (ended) -> this.trial.start(ended));

	@Test
	void aTrialThatIsCancelledByTheStoreIsAFailureAndNotTheLastTrial() {
		close();
		this.trial = answering(CompletableFuture.failedFuture(new CancellationException("planted")));
		tryAgain();
		this.trial = answering(CompletableFuture.completedFuture(true));
		tryAgain();
		assertThat(this.gate.isOpen()).isTrue();
	}

	@Test
	void whatIsCancelledByTheStoreCountsAsAnyOtherFailure() {
		for (int i = 0; i < 20; i++) {
			assertThatExceptionOfType(CancellationException.class).isThrownBy(
					() -> this.gate.call(answering(CompletableFuture.failedFuture(new CancellationException()))));
		}
		assertThat(this.gate.isOpen()).isFalse();
	}

	@Test
	void aCallForWhichNoThreadCanBeMadeGivesItsPermitBack() {
		OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
		for (int i = 0; i < 2; i++) {
			assertThat(catchThrowable(() -> this.gate.call((ended) -> {
				throw noThread;
			}))).isSameAs(noThread);
		}
		assertThat(this.gate.call(answering(CompletableFuture.completedFuture(true)))).isTrue();
	}

	@Test
	void aStoreInPlaceThatRejectsGivesOnePermitBackAndNotTwo() {
		assertUnavailable(Reason.CLOSED, rejecting());
		Attempt<Boolean> only = (ended) -> {
			assertUnavailable(Reason.BUSY, answering(CompletableFuture.completedFuture(true)));
			return answering(CompletableFuture.completedFuture(true)).start(ended);
		};
		assertThat(this.gate.call(only)).isTrue();
	}

	@Test
	void aTrialForWhichNoThreadCanBeMadeIsMadeLater() {
		close();
		this.noThread = new OutOfMemoryError("unable to create native thread");
		this.clock.advance(LIMITS.openFor().plusMillis(1));
		assertThat(catchThrowable(() -> this.gate.call(this.trial))).isSameAs(this.noThread);
		this.noThread = null;
		tryAgain();
		assertThat(this.gate.isOpen()).isTrue();
	}

	private void execute(Runnable task) {
		if (this.noThread != null) {
			throw this.noThread;
		}
		this.tasks.add(task);
	}

	/**
	 * Let a call lose its connection.
	 */
	private void close() {
		UncheckedIOException refused = new UncheckedIOException(new ConnectException("refused"));
		assertThat(catchThrowable(() -> this.gate.call(answering(CompletableFuture.failedFuture(refused)))))
			.isSameAs(refused);
		assertThat(this.gate.isOpen()).isFalse();
	}

	/**
	 * Turn a caller away after a while and make the trial that this brings about.
	 */
	private void tryAgain() {
		this.clock.advance(LIMITS.openFor().plusMillis(1));
		assertUnavailable(Reason.OPEN, answering(CompletableFuture.completedFuture(true)));
		this.tasks.remove().run();
	}

	private void assertUnavailable(Reason reason, Attempt<?> attempt) {
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> this.gate.call(attempt))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
	}

	@Test
	void whoeverWantsToKnowWhenAnUnwatchedCallHasEndedHearsItOnceInAnyCase() {
		List<String> ended = new ArrayList<>();
		this.gate.callUnwatched(answering(CompletableFuture.completedFuture(true)), () -> ended.add("made"));
		assertThat(catchThrowable(() -> this.gate.callUnwatched(rejecting(), () -> ended.add("rejected")))).isNotNull();
		Attempt<Boolean> only = (outer) -> {
			assertThat(catchThrowable(() -> this.gate.callUnwatched(this.trial, () -> ended.add("busy")))).isNotNull();
			return answering(CompletableFuture.completedFuture(true)).start(outer);
		};
		this.gate.call(only);
		close();
		assertThat(catchThrowable(() -> this.gate.callUnwatched(this.trial, () -> ended.add("closed")))).isNotNull();
		assertThat(ended).containsExactly("made", "rejected", "busy", "closed");
	}

	@Test
	void anUnwatchedCallHasNotEndedWhenNobodyWaitsForItAnyMore() {
		List<Runnable> running = new ArrayList<>();
		List<String> ended = new ArrayList<>();
		assertThat(catchThrowable(() -> this.gate.callUnwatched((end) -> {
			running.add(end);
			return new CompletableFuture<>();
		}, () -> ended.add("late")))).isInstanceOf(StoreUnavailableException.class);
		assertThat(ended).isEmpty();
		running.get(0).run();
		assertThat(ended).containsExactly("late");
	}

	private static Attempt<Boolean> rejecting() {
		return (ended) -> CallMode.IN_PLACE.start(() -> {
			throw new RejectedExecutionException("planted");
		}, ended, Runnable::run, (left) -> {
		});
	}

	private static <T> Attempt<T> answering(CompletableFuture<T> answer) {
		return (ended) -> {
			ended.run();
			return answer;
		};
	}

}
