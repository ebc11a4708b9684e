package io.modelcache.store;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoreUnavailableException.Reason;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.ForwardingStore;
import io.modelcache.testing.FlakyStore;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.TestClock;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link GuardedCacheStore}: what callers feel of a store that is slow, down or
 * hung.
 */
class GuardedCacheStoreTests {

	/**
	 * Of a store that hangs, which a test waits for.
	 */
	private static final Duration SHORT = Duration.ofMillis(50);

	/**
	 * Of a store that does not, however busy the machine is.
	 */
	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration OPEN_FOR = Duration.ofSeconds(10);

	private static final Fingerprint KEY = TestEntry.fingerprint("key");

	private final TestClock clock = new TestClock();

	private final CaffeineCacheStore server = CaffeineCacheStore.builder().clock(this.clock).build();

	private final FlakyStore flaky = new FlakyStore(this.server);

	private final List<StoredEntry> lost = new CopyOnWriteArrayList<>();

	private final GuardedCacheStore store = guard(this.flaky, 64).build();

	private final GuardedCacheStore hasty = guard(this.flaky, 64).limits(limits(SHORT, 64)).build();

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private GuardedCacheStoreBuilder guard(CacheStore guarded, int maxConcurrent) {
		return GuardedCacheStore.builder(guarded)
			.name("flaky")
			.clock(this.clock)
			.limits(limits(LONG, maxConcurrent))
			.listener((entries, failure) -> this.lost.addAll(entries));
	}

	private static GuardLimits limits(Duration timeout, int maxConcurrent) {
		return new GuardLimits(timeout, maxConcurrent, 50, OPEN_FOR);
	}

	@AfterEach
	void close() {
		this.flaky.recover();
		this.store.close();
		this.hasty.close();
		this.callers.shutdownNow();
	}

	@Test
	void oneCallerPaysTheDeadlineOfAStoreThatHangsAndTheOthersPayNothing() {
		this.flaky.hang();
		assertUnavailable(Reason.TIMEOUT, () -> this.hasty.get(KEY));
		for (int i = 0; i < 1000; i++) {
			assertUnavailable(Reason.OPEN, () -> this.hasty.get(KEY));
		}
		assertThat(this.flaky.calls()).isEqualTo(1);
	}

	@Test
	void aLostConnectionIsEnoughToLeaveTheStoreAlone() {
		this.flaky.fail(new UncheckedIOException(new ConnectException("refused")));
		assertThat(catchThrowable(() -> this.store.get(KEY))).isInstanceOf(UncheckedIOException.class);
		assertUnavailable(Reason.OPEN, () -> this.store.get(KEY));
		assertThat(this.flaky.calls()).isEqualTo(1);
	}

	@Test
	void whatElseIsALostConnectionCanBeSaid() {
		IllegalStateException gone = new IllegalStateException("connection closed");
		GuardedCacheStore guarded = guard(this.flaky, 1).disconnectedIf(gone::equals).build();
		this.flaky.fail(gone);
		assertThat(catchThrowable(() -> guarded.get(KEY))).isSameAs(gone);
		assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
	}

	@Test
	void otherFailuresCloseTheGateWhenHalfOfTwentyCallsFail() {
		IllegalStateException failure = new IllegalStateException("sometimes");
		for (int i = 0; i < 20; i++) {
			this.flaky.recover();
			if (i % 2 == 0) {
				this.flaky.fail(failure);
			}
			assertThat(catchThrowable(() -> this.store.get(KEY))).isSameAs((i % 2 == 0) ? failure : null);
		}
		assertUnavailable(Reason.OPEN, () -> this.store.get(KEY));
	}

	@Test
	void fewerFailuresDoNot() {
		IllegalStateException failure = new IllegalStateException("rarely");
		for (int i = 0; i < 100; i++) {
			this.flaky.recover();
			if (i % 3 == 0) {
				this.flaky.fail(failure);
			}
			assertThat(catchThrowable(() -> this.store.get(KEY))).isSameAs((i % 3 == 0) ? failure : null);
		}
	}

	@Test
	void theTrialAfterAWhileIsMadeForNobodyWhoWaits() {
		this.flaky.hang();
		assertUnavailable(Reason.TIMEOUT, () -> this.hasty.get(KEY));
		this.clock.advance(OPEN_FOR.plusMillis(1));
		assertUnavailable(Reason.OPEN, () -> this.hasty.get(KEY));
		eventually(() -> assertThat(this.flaky.calls()).isEqualTo(2));
		for (int i = 0; i < 100; i++) {
			assertUnavailable(Reason.OPEN, () -> this.hasty.get(KEY));
		}
		assertThat(this.flaky.calls()).isEqualTo(2);
	}

	@Test
	void aStoreThatIsBackIsUsedAgainWithoutARestart() {
		StoredEntry entry = entry("key");
		this.server.putAll(List.of(entry));
		this.flaky.hang();
		assertUnavailable(Reason.TIMEOUT, () -> this.hasty.get(KEY));
		this.flaky.recover();
		assertUnavailable(Reason.OPEN, () -> this.hasty.get(KEY));
		eventually(() -> {
			this.clock.advance(OPEN_FOR.plusMillis(1));
			assertThatCode(() -> assertThat(this.hasty.get(KEY)).isEqualTo(entry)).doesNotThrowAnyException();
		});
		assertThat(this.hasty.health().degraded()).isFalse();
	}

	@Test
	void aStoreThatIsStillDownAfterTheTrialIsLeftAloneForAnotherWhile() {
		this.flaky.fail(new UncheckedIOException(new ConnectException("refused")));
		assertThat(catchThrowable(() -> this.store.get(KEY))).isNotNull();
		for (int trial = 1; trial <= 3; trial++) {
			int expected = 1 + trial;
			eventually(() -> {
				if (this.flaky.calls() < expected) { // the trial before may be noted
														// later than it was made
					this.clock.advance(OPEN_FOR.plusMillis(1));
				}
				assertUnavailable(Reason.OPEN, () -> this.store.get(KEY));
				assertThat(this.flaky.calls()).isEqualTo(expected);
			});
			assertUnavailable(Reason.OPEN, () -> this.store.get(KEY));
		}
	}

	@Test
	void aBusyStoreIsNotADeadOne() {
		GuardedCacheStore narrow = guard(this.flaky, 1).limits(limits(SHORT, 1)).inProcess().build();
		this.flaky.hang();
		Future<?> first = this.callers.submit(() -> narrow.get(KEY));
		eventually(() -> assertThat(this.flaky.underWay()).isEqualTo(1));
		assertUnavailable(Reason.BUSY, () -> narrow.get(KEY));
		this.flaky.recover();
		assertThat(first).succeedsWithin(LONG);
		assertThat(narrow.get(KEY)).isNull();
	}

	@Test
	void aCallerWaitsForItsTurn() {
		GuardedCacheStore narrow = guard(this.flaky, 1).build();
		this.flaky.hang();
		Future<?> first = this.callers.submit(() -> narrow.get(KEY));
		Future<?> second = this.callers.submit(() -> narrow.get(KEY));
		eventually(() -> assertThat(this.flaky.underWay()).isEqualTo(1));
		this.flaky.recover();
		assertThat(first).succeedsWithin(LONG);
		assertThat(second).succeedsWithin(LONG);
		assertThat(this.flaky.mostUnderWay()).isEqualTo(1);
	}

	@Test
	void noPileOfThreadsGrowsInFrontOfAStoreThatHangs() throws Exception {
		GuardedCacheStore narrow = guard(this.flaky, 3).limits(limits(SHORT, 3)).build();
		this.flaky.hang();
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			calls.add(this.callers.submit(() -> narrow.get(KEY)));
		}
		for (Future<?> call : calls) {
			assertThat(catchThrowable(call::get)).isInstanceOf(ExecutionException.class)
				.hasCauseInstanceOf(StoreUnavailableException.class);
		}
		assertThat(this.flaky.mostUnderWay()).isBetween(1, 3);
	}

	@Test
	void readsGoOnWhenWritesFail() {
		StoredEntry entry = entry("key");
		this.server.putAll(List.of(entry));
		HookedStore readOnly = new HookedStore(this.server, true);
		readOnly.beforeWrite(() -> {
			throw new UncheckedIOException(new ConnectException("read-only"));
		});
		GuardedCacheStore guarded = guard(readOnly, 4).build();
		guarded.putAll(List.of(entry("other")));
		eventually(() -> assertThat(guarded.health().writes()).isFalse());
		assertThat(guarded.get(KEY)).isEqualTo(entry);
		assertUnavailable(Reason.OPEN, () -> guarded.putAll(List.of(entry("third"))));
		eventually(() -> assertThat(this.lost).containsExactly(entry("other")));
	}

	@Test
	void aWriteReturnsAtOnceAndIsReadFromTheQueue() {
		this.flaky.hang();
		StoredEntry entry = entry("key");
		this.store.putAll(List.of(entry));
		assertThat(this.store.get(KEY)).isEqualTo(entry);
		assertThat(this.store.getAll(List.of(KEY))).containsExactly(Map.entry(KEY, entry));
		assertThat(this.server.get(KEY)).isNull();
		this.flaky.recover();
		eventually(() -> assertThat(this.server.get(KEY)).isEqualTo(entry));
		eventually(() -> assertThat(this.store.health().waiting()).isZero());
		assertThat(this.store.get(KEY)).isEqualTo(entry);
	}

	@Test
	void anEntryWhoseTimeIsOverWhileItWaitsIsNotFound() {
		this.flaky.hang();
		this.hasty.putAll(List.of(entry("key")));
		this.clock.advance(Duration.ofHours(1));
		assertUnavailable(Reason.TIMEOUT, () -> this.hasty.get(KEY));
	}

	@Test
	void aQueueThatIsFullRefusesAndNamesTheReason() {
		this.flaky.hang();
		this.store.putAll(List.of(entry("first")));
		eventually(() -> assertThat(this.flaky.underWay()).isEqualTo(1));
		List<StoredEntry> many = IntStream.range(0, 10_000).mapToObj((i) -> entry("e" + i)).toList();
		this.store.putAll(many);
		assertUnavailable(Reason.FULL, () -> this.store.putAll(List.of(entry("one more"))));
		assertThat(this.store.health().waiting()).isEqualTo(10_001);
	}

	@Test
	void anEntryEvictedWhileItWaitsIsNeverWritten() throws Exception {
		this.flaky.hang();
		this.store.putAll(List.of(entry("first")));
		eventually(() -> assertThat(this.flaky.underWay()).isEqualTo(1));
		this.store.putAll(List.of(entry("key"), entry("last")));
		Future<?> eviction = this.callers.submit(() -> this.store.evictAll(List.of(KEY)));
		eventually(() -> assertThat(this.store.health().waiting()).isEqualTo(2));
		this.flaky.recover();
		eviction.get();
		eventually(() -> assertThat(this.server.get(TestEntry.fingerprint("last"))).isNotNull());
		assertThat(this.server.get(KEY)).isNull();
	}

	@Test
	void clearingWaitsForTheSliceThatIsBeingWritten() throws Exception {
		CountDownLatch writing = new CountDownLatch(1);
		HookedStore slow = new HookedStore(this.server, true);
		slow.beforeWrite(() -> await(writing));
		GuardedCacheStore guarded = guard(slow, 4).build();
		guarded.putAll(List.of(entry("key")));
		eventually(() -> assertThat(guarded.health().waiting()).isEqualTo(1));
		Future<Long> clearing = this.callers.submit(() -> guarded.evict(Selector.all()));
		writing.countDown();
		assertThat(clearing.get()).isEqualTo(1);
		assertThat(this.server.get(KEY)).isNull();
		guarded.close();
	}

	@Test
	void clearingIsInDoubtWhileAWriteThatWasGivenUpStillRuns() {
		CountDownLatch writing = new CountDownLatch(1);
		HookedStore slow = new HookedStore(this.server, true);
		slow.beforeWrite(() -> await(writing));
		GuardedCacheStore guarded = guard(slow, 4).limits(limits(SHORT, 4)).build();
		this.server.putAll(List.of(entry("before")));
		guarded.putAll(List.of(entry("key")));
		eventually(() -> assertThat(this.lost).containsExactly(entry("key")));
		assertUnavailable(Reason.TIMEOUT, () -> guarded.evict(Selector.all()));
		assertThat(this.server.stats().entries()).as("what is there is removed all the same").isZero();
		assertThat(guarded.evict(Selector.all().withBean("another"))).isZero();
		writing.countDown();
		eventually(() -> assertThat(this.server.get(KEY)).as("overtaken").isNotNull());
		eventually(() -> assertThatCode(() -> guarded.evict(Selector.all())).doesNotThrowAnyException());
		assertThat(this.server.get(KEY)).isNull();
		guarded.close();
	}

	@Test
	void oneEvictionWaitsForADeadlineAndClearingForTen() {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch writing = new CountDownLatch(1);
		HookedStore slow = new HookedStore(this.server, true);
		slow.beforeWrite(() -> {
			begun.countDown();
			await(writing);
		});
		GuardedCacheStore guarded = guard(slow, 4).limits(limits(Duration.ofMillis(300), 4)).build();
		guarded.putAll(List.of(entry("key")));
		await(begun);
		Future<Long> clearing = this.callers.submit(() -> guarded.evict(Selector.all()));
		assertUnavailable(Reason.TIMEOUT, () -> guarded.evictAll(List.of(KEY)));
		writing.countDown();
		assertThat(clearing).succeedsWithin(LONG).isEqualTo(1L);
		assertThat(this.server.get(KEY)).isNull();
		guarded.close();
	}

	@Test
	void whatCannotBeWrittenIsTold() {
		this.flaky.fail(new IllegalStateException("full"));
		this.store.putAll(List.of(entry("a"), entry("b")));
		eventually(() -> assertThat(this.lost).containsExactlyInAnyOrder(entry("a"), entry("b")));
		assertThat(this.store.health().waiting()).isZero();
	}

	@Test
	void aClosedStoreHasWrittenWhatWaitedAndTakesNoMore() {
		List<StoredEntry> many = IntStream.range(0, 1000).mapToObj((i) -> entry("e" + i)).toList();
		this.store.putAll(many);
		this.store.close();
		assertThat(this.server.stats().entries()).isEqualTo(1000);
		assertUnavailable(Reason.CLOSED, () -> this.store.putAll(List.of(entry("late"))));
		assertUnavailable(Reason.CLOSED, () -> this.store.get(KEY));
	}

	@Test
	void anInterruptedCallerKeepsHisFlagAndDoesNotJudgeTheStore() throws Exception {
		this.flaky.hang();
		AtomicReference<Boolean> flag = new AtomicReference<>();
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		GuardedCacheStore patient = guard(this.flaky, 4).build();
		Thread caller = new Thread(() -> {
			thrown.set(catchThrowable(() -> patient.get(KEY)));
			flag.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		eventually(() -> assertThat(this.flaky.underWay()).isEqualTo(1));
		caller.interrupt();
		caller.join();
		assertThat(thrown.get()).isInstanceOfSatisfying(StoreUnavailableException.class,
				(ex) -> assertThat(ex.getReason()).isEqualTo(Reason.INTERRUPTED));
		assertThat(flag.get()).isTrue();
		assertThat(patient.health().reads()).isTrue();
	}

	@Test
	void largeReadsAreCutIntoSlicesWithADeadlineEach() {
		List<StoredEntry> many = IntStream.range(0, 1000).mapToObj((i) -> entry("e" + i)).toList();
		this.server.putAll(many);
		List<Fingerprint> fingerprints = many.stream().map(StoredEntry::fingerprint).toList();
		assertThat(this.store.getAll(fingerprints)).hasSize(1000);
		assertThat(this.flaky.calls()).isEqualTo(4);
	}

	@Test
	void ofALargeReadWhatWasFoundBeforeASliceFailsIsHandedOn() {
		List<StoredEntry> many = IntStream.range(0, 1000).mapToObj((i) -> entry("e" + i)).toList();
		this.server.putAll(many.subList(1, 1000));
		HookedStore readable = new HookedStore(this.server, true);
		CountDownLatch writing = new CountDownLatch(1);
		readable.beforeWrite(() -> await(writing));
		UncheckedIOException refused = new UncheckedIOException(new ConnectException("refused"));
		AtomicInteger slices = new AtomicInteger();
		readable.beforeRead(() -> {
			if (slices.incrementAndGet() == 3) {
				throw refused;
			}
		});
		GuardedCacheStore guarded = guard(readable, 4).build();
		guarded.putAll(many.subList(0, 1));
		List<Fingerprint> all = many.stream().map(StoredEntry::fingerprint).toList();
		assertThatExceptionOfType(PartialReadException.class).isThrownBy(() -> guarded.getAll(all))
			.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(refused))
			.satisfies((ex) -> assertThat(ex.found()).containsOnlyKeys(all.subList(0, 1 + 2 * 256)));
		assertUnavailable(Reason.OPEN, () -> guarded.getAll(all.subList(1, 3)));
		writing.countDown();
		guarded.close();
	}

	@Test
	void aStoreInThisProcessIsReadOnTheThreadOfTheCaller() {
		AtomicReference<Thread> reader = new AtomicReference<>();
		HookedStore hooked = new HookedStore(this.server, true);
		hooked.beforeRead(() -> reader.set(Thread.currentThread()));
		guard(hooked, 4).inProcess().build().get(KEY);
		assertThat(reader.get()).isSameAs(Thread.currentThread());
		guard(hooked, 4).build().get(KEY);
		assertThat(reader.get().getName()).startsWith("modelcache-flaky-");
	}

	@Test
	void aStoreThatNeedsNoThreadIsGivenNoneAndIsCancelledAtTheDeadline() {
		CompletableFuture<Map<Fingerprint, StoredEntry>> never = new CompletableFuture<>();
		AtomicReference<Thread> asker = new AtomicReference<>();
		GuardedCacheStore guarded = guard(new NeverAnswering(this.server, never, asker), 1).limits(limits(SHORT, 1))
			.build();
		assertUnavailable(Reason.TIMEOUT, () -> guarded.get(KEY));
		assertThat(asker.get()).isSameAs(Thread.currentThread());
		assertThat(never).isCancelled();
		this.clock.advance(OPEN_FOR.plusMillis(1));
		eventually(() -> {
			assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
			assertThat(asker.get().getName()).as("the trial has a permit again").startsWith("modelcache-flaky-");
		});
	}

	@Test
	void aStoreThatCanBeBackInTimeIsReadOnTheThreadOfTheCaller() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(punctual, 1).build();
		for (int i = 0; i < 100; i++) {
			punctual.ready = true;
			assertThat(guarded.getAll(List.of(KEY))).isEmpty();
			assertThat(punctual.reader).isSameAs(Thread.currentThread());
			punctual.ready = false;
			assertThat(guarded.get(KEY)).isNull();
			assertThat(punctual.reader.getName()).startsWith("modelcache-flaky-");
		}
		assertThat(punctual.timeout).isEqualTo(LONG);
	}

	@Test
	void aStoreThatWasToBeBackInTimeAndIsNotIsLeftAlone() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(punctual, 1).build();
		punctual.ready = true;
		punctual.late = true;
		assertUnavailable(Reason.TIMEOUT, () -> guarded.get(KEY));
		assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
		this.clock.advance(OPEN_FOR.plusMillis(1));
		punctual.late = false;
		eventually(() -> assertThatCode(() -> guarded.get(KEY)).doesNotThrowAnyException());
	}

	@Test
	void aFailureOnTheThreadOfTheCallerCountsAsAnyOther() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(punctual, 1).build();
		punctual.ready = true;
		this.flaky.fail(new IllegalStateException("planted"));
		for (int i = 0; i < 20; i++) {
			assertThat(catchThrowable(() -> guarded.get(KEY))).isInstanceOf(IllegalStateException.class);
		}
		assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
	}

	@Test
	void aStoreBeforeOneThatCanBeBackInTimeIsNotPassedBy() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		punctual.ready = true;
		GuardedCacheStore guarded = guard(new Decorator(punctual), 1).build();
		assertThat(guarded.get(KEY)).isNull();
		assertThat(punctual.timeout).isNull();
		assertThat(punctual.reader.getName()).startsWith("modelcache-flaky-");
	}

	@Test
	void aStoreBeforeOneThatNeedsNoThreadIsNotPassedBy() {
		AtomicReference<Thread> asker = new AtomicReference<>();
		GuardedCacheStore guarded = guard(
				new Decorator(new NeverAnswering(this.flaky, new CompletableFuture<>(), asker)), 1)
			.build();
		assertThat(guarded.get(KEY)).isNull();
		assertThat(asker).hasNullValue();
	}

	@Test
	void nothingIsReadOnTheThreadOfACallerAfterTheEnd() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(punctual, 1).build();
		punctual.ready = true;
		guarded.close();
		assertUnavailable(Reason.CLOSED, () -> guarded.get(KEY));
	}

	@Test
	void aStoreThatWasInterruptedFailsAndItsCallerIsNotInterrupted() {
		CompletableFuture<Map<Fingerprint, StoredEntry>> interrupted = CompletableFuture
			.failedFuture(new InterruptedException("planted"));
		GuardedCacheStore guarded = guard(new NeverAnswering(this.flaky, interrupted, new AtomicReference<>()), 1)
			.build();
		for (int i = 0; i < 20; i++) {
			assertThat(catchThrowable(() -> guarded.get(KEY))).hasCauseInstanceOf(InterruptedException.class);
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
		}
		assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
	}

	@Test
	void anInterruptedCallerIsNotReadForOnHisThreadAndDoesNotJudgeTheStore() {
		PunctualFlakyStore punctual = new PunctualFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(punctual, 1).build();
		punctual.ready = true;
		try {
			Thread.currentThread().interrupt();
			assertUnavailable(Reason.INTERRUPTED, () -> guarded.get(KEY));
			assertThat(punctual.timeout).as("it was not even asked").isNull();
			assertThat(Thread.interrupted()).isTrue();
			punctual.interrupting = true;
			for (int i = 0; i < 20; i++) {
				assertUnavailable(Reason.INTERRUPTED, () -> guarded.get(KEY));
				assertThat(Thread.interrupted()).isTrue();
			}
		}
		finally {
			boolean unused = Thread.interrupted();
		}
		punctual.interrupting = false;
		assertThatCode(() -> guarded.get(KEY)).doesNotThrowAnyException();
	}

	@Test
	void aCallThatRunsOnLongAfterItsDeadlineIsAbortedAndTheStoreIsUsedAgain() {
		AbortableFlakyStore abortable = new AbortableFlakyStore(this.flaky);
		GuardedCacheStore guarded = guard(abortable, 1).limits(limits(SHORT, 1)).abortAfter(SHORT).build();
		this.flaky.hang();
		assertUnavailable(Reason.TIMEOUT, () -> guarded.get(KEY));
		eventually(() -> {
			this.clock.advance(OPEN_FOR.plusMillis(1));
			assertThatCode(() -> guarded.get(KEY)).doesNotThrowAnyException();
		});
		assertThat(abortable.aborted).extracting(Thread::getName).containsOnly("modelcache-flaky-1");
		assertThat(abortable.aborted.size()).as("again and again until it ends").isGreaterThan(1);
		guarded.close();
	}

	@Test
	void aLeaseIsGivenBackAfterItsEntryIsWritten() throws Exception {
		CountDownLatch writing = new CountDownLatch(1);
		HookedStore slow = new HookedStore(this.server, true);
		slow.beforeWrite(() -> await(writing));
		LeasingStore leasing = new LeasingStore(slow);
		GuardedCacheStore guarded = guard(leasing, 4).build();
		LeaseStore leases = guarded.capability(LeaseStore.class);
		assertThat(leases.acquire(KEY, "me", Duration.ofSeconds(1))).isTrue();
		guarded.putAll(List.of(entry("key")));
		Future<Boolean> release = this.callers.submit(() -> leases.release(KEY, "me"));
		eventually(() -> assertThat(guarded.health().waiting()).isEqualTo(1));
		assertThat(leasing.released).isFalse();
		writing.countDown();
		assertThat(release.get()).isTrue();
		assertThat(this.server.get(KEY)).isNotNull();
		guarded.close();
	}

	@Test
	void anOutageCostsTwoLinesInTheLog() {
		Logger logger = (Logger) LoggerFactory.getLogger(GuardedCacheStore.class);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		try {
			GuardedCacheStore guarded = guard(this.flaky, 4).name("outage").build();
			this.flaky.fail(new UncheckedIOException(new ConnectException("refused")));
			for (int i = 0; i < 50; i++) {
				assertThat(catchThrowable(() -> guarded.get(KEY))).isNotNull();
			}
			this.clock.advance(OPEN_FOR.plusMillis(1));
			eventually(() -> {
				assertUnavailable(Reason.OPEN, () -> guarded.get(KEY));
				assertThat(this.flaky.calls()).isEqualTo(2);
			});
			this.flaky.recover();
			eventually(() -> {
				this.clock.advance(OPEN_FOR.plusMillis(1));
				assertThatCode(() -> guarded.get(KEY)).doesNotThrowAnyException();
			});
			List<ILoggingEvent> ours = lines.list.stream()
				.filter((line) -> line.getFormattedMessage().contains("'outage'"))
				.toList();
			assertThat(ours).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
			assertThat(ours.get(0).getFormattedMessage()).contains("reads go on without it", "every 10000 ms",
					"refused");
			assertThat(ours.get(1).getFormattedMessage()).contains("answers again");
		}
		finally {
			logger.detachAppender(lines);
		}
	}

	private StoredEntry entry(String name) {
		return TestEntry.of(name, this.clock.instant()).build();
	}

	private static void assertUnavailable(Reason reason, Runnable call) {
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(assertion);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Hands every call on, and says that it may block.
	 */
	private static class Relay extends ForwardingStore {

		Relay(CacheStore store) {
			super(store);
		}

		@Override
		public boolean blocking() {
			return true;
		}

	}

	/**
	 * Hands on what it is asked to be, as decorators do.
	 */
	private static final class Decorator extends Relay {

		private final CacheStore store;

		Decorator(CacheStore store) {
			super(store);
			this.store = store;
		}

		@Override
		public <T> T capability(Class<T> type) {
			return type.isInstance(this) ? type.cast(this) : this.store.capability(type);
		}

	}

	/**
	 * Has one lease, which anybody gets.
	 */
	private static final class LeasingStore extends Relay implements LeaseStore {

		private volatile boolean released;

		LeasingStore(CacheStore store) {
			super(store);
		}

		@Override
		public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
			return true;
		}

		@Override
		public boolean release(Fingerprint fingerprint, String holder) {
			this.released = true;
			return true;
		}

	}

	/**
	 * Gives up what hangs when it is told a second time.
	 */
	private static final class AbortableFlakyStore extends Relay implements AbortableStore {

		private final FlakyStore flaky;

		private final List<Thread> aborted = new CopyOnWriteArrayList<>();

		AbortableFlakyStore(FlakyStore flaky) {
			super(flaky);
			this.flaky = flaky;
		}

		@Override
		public void abort(Thread thread) {
			this.aborted.add(thread);
			if (this.aborted.size() > 1) {
				this.flaky.recover();
			}
		}

	}

	/**
	 * Says of itself whether it can be back in time.
	 */
	private static final class PunctualFlakyStore extends Relay implements PunctualStore {

		private volatile boolean ready;

		private volatile boolean late;

		private volatile boolean interrupting;

		private volatile Thread reader;

		private volatile Duration timeout;

		PunctualFlakyStore(FlakyStore flaky) {
			super(flaky);
		}

		@Override
		public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
			this.reader = Thread.currentThread();
			return super.getAll(fingerprints);
		}

		@Override
		public Map<Fingerprint, StoredEntry> getAllWithin(Collection<Fingerprint> fingerprints, Duration timeout)
				throws TimeoutException {
			this.timeout = timeout;
			if (this.ready && this.late) {
				throw new TimeoutException();
			}
			if (this.interrupting) {
				Thread.currentThread().interrupt();
				throw new UncheckedIOException(new ClosedByInterruptException());
			}
			return this.ready ? getAll(fingerprints) : null;
		}

	}

	/**
	 * Promises an answer and does not keep it.
	 */
	private static final class NeverAnswering extends Relay implements AsyncCacheStore {

		private final CompletableFuture<Map<Fingerprint, StoredEntry>> never;

		private final AtomicReference<Thread> asker;

		NeverAnswering(CacheStore store, CompletableFuture<Map<Fingerprint, StoredEntry>> never,
				AtomicReference<Thread> asker) {
			super(store);
			this.never = never;
			this.asker = asker;
		}

		@Override
		public CompletableFuture<Map<Fingerprint, StoredEntry>> getAllAsync(Collection<Fingerprint> fingerprints) {
			this.asker.set(Thread.currentThread());
			return this.never;
		}

		@Override
		public CompletableFuture<Void> putAllAsync(Collection<StoredEntry> entries) {
			return new CompletableFuture<>();
		}

		@Override
		public CompletableFuture<Void> evictAllAsync(Collection<Fingerprint> fingerprints) {
			return new CompletableFuture<>();
		}

	}

}
