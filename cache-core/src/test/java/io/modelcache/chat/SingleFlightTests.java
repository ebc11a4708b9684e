package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.ForwardingStore;
import io.modelcache.testing.LeasingStore;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests that requests which are the same share one call to the model.
 */
@Timeout(60)
class SingleFlightTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().build();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger asked = new AtomicInteger();

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@MethodSource("waysAndThreads")
	void aThousandRequestsAreOneCall(Way way, String kind, Supplier<ExecutorService> executor) throws Exception {
		GatedModel model = new GatedModel((call) -> CountingChatModel.answer("answer " + call));
		CachingChatModel caching = caching(model).build();
		ExecutorService callers = executor.get();
		try {
			List<Future<String>> answers = start(callers, 1000, (i) -> () -> way.ask(caching, i));
			await().until(() -> model.calls.get() == 1);
			this.gate.countDown();
			for (Future<String> answer : answers) {
				assertThat(answer.get()).isEqualTo("answer 1");
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(model.calls).hasValue(1);
		assertThat(this.listener.events()).filteredOn("store"::equals).hasSize(1);
		assertThat(this.listener.figures()).filteredOn("model-call"::equals).hasSize(1);
		await()
			.untilAsserted(() -> assertThat(this.listener.figures()).filteredOn((figure) -> figure.startsWith("saved"))
				.hasSize(999));
		assertThat(caching.underWay()).isZero();
	}

	/**
	 * Virtual threads are there from JDK 21 on.
	 */
	static Stream<Arguments> waysAndThreads() {
		Map<String, Supplier<ExecutorService>> kinds = new LinkedHashMap<>();
		kinds.put("platform", Executors::newCachedThreadPool);
		if (Runtime.version().feature() >= 21) {
			kinds.put("virtual", () -> {
				try {
					return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
				}
				catch (ReflectiveOperationException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		return Stream.of(Way.values())
			.flatMap((
					way) -> kinds.entrySet().stream().map((kind) -> Arguments.of(way, kind.getKey(), kind.getValue())));
	}

	@Test
	void aLeaderThatFailsFailsAllWhoWaitedByOneCall() throws Exception {
		IllegalStateException failure = new IllegalStateException("no money");
		GatedModel model = new GatedModel((call) -> {
			throw failure;
		});
		CachingChatModel caching = caching(model).build();
		List<Future<ChatResponse>> answers = start(50, (i) -> () -> caching.call(PROMPT));
		awaitFollowers(49);
		this.gate.countDown();
		for (Future<ChatResponse> answer : answers) {
			assertThat(answer).failsWithin(Duration.ofSeconds(20)).withThrowableThat().havingCause().isSameAs(failure);
		}
		assertThat(model.calls).hasValue(1);
		assertThatIllegalStateException().isThrownBy(() -> caching.call(PROMPT));
		assertThat(model.calls).hasValue(2);
	}

	@Test
	void aThousandRequestsThatFailAreOneCall() throws Exception {
		IllegalStateException failure = new IllegalStateException("no money");
		GatedModel model = new GatedModel((call) -> {
			throw failure;
		});
		CachingChatModel caching = caching(model).build();
		List<Future<String>> answers = start(1000, (i) -> () -> Way.MIXED.ask(caching, i));
		await().until(() -> waiting(SingleFlightTests::waitsForAnAnswer) == 1000);
		this.gate.countDown();
		for (Future<String> answer : answers) {
			assertThat(answer).failsWithin(Duration.ofSeconds(20)).withThrowableThat().havingCause().isSameAs(failure);
		}
		assertThat(model.calls).hasValue(1);
		assertThat(this.listener.figures()).filteredOn((figure) -> !figure.startsWith("lookup"))
			.containsExactly("model-call");
		assertThat(this.store.stats().entries()).isZero();
		assertThat(caching.underWay()).isZero();
	}

	@Test
	void anAnswerThatIsNotFitToBeKeptIsNotShared() throws Exception {
		GatedModel model = new GatedModel(
				(call) -> Answers.withFinishReason(CountingChatModel.answer("answer " + call), "LENGTH"));
		CachingChatModel caching = caching(model).build();
		List<Future<ChatResponse>> answers = start(5, (i) -> () -> caching.call(PROMPT));
		awaitFollowers(4);
		this.gate.countDown();
		List<String> texts = new ArrayList<>();
		for (Future<ChatResponse> answer : answers) {
			texts.add(answer.get().getResult().getOutput().getText());
		}
		assertThat(texts).doesNotHaveDuplicates().hasSize(5);
	}

	@Test
	void aLeaderThatIsInterruptedIsFollowedByAnother() throws Exception {
		GatedModel model = new GatedModel((call) -> CountingChatModel.answer("answer " + call));
		CachingChatModel caching = caching(model).build();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread leader = new Thread(() -> {
			try {
				caching.call(PROMPT);
			}
			catch (Throwable ex) {
				failure.complete(ex);
			}
		});
		leader.start();
		await().until(() -> model.calls.get() == 1);
		List<Future<ChatResponse>> answers = start(5, (i) -> () -> caching.call(PROMPT));
		awaitFollowers(5);
		leader.interrupt();
		assertThat(failure.get()).hasRootCauseInstanceOf(InterruptedException.class);
		await().until(() -> model.calls.get() == 2);
		this.gate.countDown();
		for (Future<ChatResponse> answer : answers) {
			assertThat(answer.get().getResult().getOutput().getText()).isEqualTo("answer 2");
		}
		assertThat(model.calls).hasValue(2);
	}

	@Test
	void aFollowerThatIsInterruptedHarmsNobodyAndKeepsItsFlag() throws Exception {
		GatedModel model = new GatedModel((call) -> CountingChatModel.answer("answer " + call));
		CachingChatModel caching = caching(model).build();
		Future<ChatResponse> leader = this.threads.submit(() -> caching.call(PROMPT));
		await().until(() -> model.calls.get() == 1);
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		Thread follower = new Thread(() -> {
			try {
				caching.call(PROMPT);
			}
			catch (IllegalStateException ex) {
				flag.complete(Thread.currentThread().isInterrupted());
			}
		});
		follower.start();
		awaitWaiting(follower);
		follower.interrupt();
		assertThat(flag.get()).isTrue();
		this.gate.countDown();
		assertThat(leader.get().getResult().getOutput().getText()).isEqualTo("answer 1");
	}

	@Test
	void withAMaximalWaitOneFollowerAtATimeIsPromoted() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		CountingChatModel model = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				int call = SingleFlightTests.this.asked.incrementAndGet();
				if (call == 1) {
					hold(never);
				}
				return CountingChatModel.answer("answer " + call);
			}

		};
		CachingChatModel caching = caching(model).maxWait(Duration.ofMillis(50)).build();
		Future<ChatResponse> leader = this.threads.submit(() -> caching.call(PROMPT));
		await().until(() -> this.asked.get() == 1);
		List<Future<ChatResponse>> answers = start(20, (i) -> () -> caching.call(PROMPT));
		for (Future<ChatResponse> answer : answers) {
			assertThat(answer.get().getResult().getOutput().getText()).isEqualTo("answer 2");
		}
		assertThat(this.asked).hasValue(2);
		never.countDown();
		assertThat(leader.get().getResult().getOutput().getText()).isEqualTo("answer 1");
	}

	@Test
	void aModelThatCallsItselfDoesNotWaitForItself() {
		CachingChatModel[] self = new CachingChatModel[1];
		CountingChatModel model = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				return (SingleFlightTests.this.asked.incrementAndGet() == 1) ? self[0].call(prompt)
						: CountingChatModel.answer("inner");
			}

		};
		self[0] = caching(model).build();
		assertThat(self[0].call(PROMPT).getResult().getOutput().getText()).isEqualTo("inner");
	}

	@Test
	void itCanBeSwitchedOff() throws Exception {
		GatedModel model = new GatedModel((call) -> CountingChatModel.answer("answer " + call));
		CachingChatModel caching = caching(model).singleFlight(false).build();
		List<Future<ChatResponse>> answers = start(5, (i) -> () -> caching.call(PROMPT));
		await().until(() -> model.calls.get() == 5);
		this.gate.countDown();
		for (Future<ChatResponse> answer : answers) {
			assertThat(CacheStatus.of(answer.get()).collapsed()).isFalse();
		}
	}

	@Test
	void aFollowerOfAStreamGetsWhatWasSentAndThenTheRestLive() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		List<ChatResponse> leader = new ArrayList<>();
		List<ChatResponse> follower = new ArrayList<>();
		caching.stream(PROMPT).subscribe(leader::add);
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		caching.stream(PROMPT).subscribe(follower::add);
		assertThat(Chunks.texts(follower)).containsExactly("Hel");
		sink.tryEmitNext(Chunks.chunk("lo", null));
		assertThat(Chunks.texts(follower)).containsExactly("Hel", "lo");
		sink.tryEmitNext(Chunks.chunk("", "STOP"));
		sink.tryEmitComplete();
		assertThat(Chunks.texts(follower)).containsExactly("Hel", "lo", "");
		assertThat(this.asked).hasValue(1);
		assertThat(CacheStatus.of(leader.get(2)).collapsed()).isFalse();
		assertThat(CacheStatus.of(follower.get(2)).collapsed()).isTrue();
	}

	@Test
	void whatOneSubscriberDoesToAChunkReachesNoOther() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		List<ChatResponse> second = new ArrayList<>();
		caching.stream(PROMPT).subscribe();
		caching.stream(PROMPT).subscribe((chunk) -> chunk.getResult().getOutput().getMetadata().put("mine", "yes"));
		caching.stream(PROMPT).subscribe(second::add);
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		assertThat(second.get(0).getResult().getOutput().getMetadata()).doesNotContainKey("mine");
	}

	@Test
	void aSlowFollowerDoesNotHoldTheOthersUp() {
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("a", "b", "c")).hide())).build();
		List<ChatResponse> fast = new ArrayList<>();
		StepVerifier.create(caching.stream(PROMPT), 1)
			.expectNextCount(1)
			.then(() -> caching.stream(PROMPT).subscribe(fast::add))
			.then(() -> assertThat(fast).hasSize(6))
			.thenRequest(10)
			.expectNextCount(5)
			.verifyComplete();
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aLeaderThatLeavesAStreamLeavesItToTheOthers() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		List<ChatResponse> follower = new ArrayList<>();
		Disposable leader = caching.stream(PROMPT).subscribe();
		caching.stream(PROMPT).subscribe(follower::add);
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		leader.dispose();
		sink.tryEmitNext(Chunks.chunk("lo", "STOP"));
		sink.tryEmitComplete();
		assertThat(Chunks.texts(follower)).containsExactly("Hel", "lo");
		assertThat(this.store.stats().entries()).isEqualTo(1);
	}

	@Test
	void aLeaderWhoLeavesAStreamLeavesItsLeaseToTheOthersToo() {
		LeasingStore leasing = new LeasingStore(this.store);
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		List<ChatResponse> follower = new ArrayList<>();
		List<ChatResponse> late = new ArrayList<>();
		Disposable leader = caching.stream(PROMPT).subscribe();
		caching.stream(PROMPT).subscribe(follower::add);
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		leader.dispose();
		assertThat(caching.underWay()).isEqualTo(1);
		caching.stream(PROMPT).subscribe(late::add);
		assertThat(this.asked).hasValue(1);
		assertThat(leasing.held()).isEqualTo(1);
		sink.tryEmitNext(Chunks.chunk("lo", "STOP"));
		sink.tryEmitComplete();
		assertThat(Chunks.texts(follower)).containsExactly("Hel", "lo");
		assertThat(Chunks.texts(late)).containsExactly("Hel", "lo");
		assertThat(this.store.stats().entries()).isEqualTo(1);
		await().until(() -> leasing.held() == 0);
	}

	@Test
	void aStreamLandsThoughAllThreadsOfReactorWaitForIt() throws Exception {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).store(new BlockingStore(this.store)).build();
		CompletableFuture<List<ChatResponse>> leader = caching.stream(PROMPT).collectList().toFuture();
		await().until(() -> this.asked.get() == 1);
		List<CompletableFuture<ChatResponse>> answers = followOnAllThreadsOfReactor(caching);
		Chunks.of("Hello").forEach(sink::tryEmitNext);
		sink.tryEmitComplete();
		for (CompletableFuture<ChatResponse> answer : answers) {
			assertThat(answer.get(20, TimeUnit.SECONDS).getResult().getOutput().getText()).isEqualTo("Hello");
		}
		assertThat(leader.get(20, TimeUnit.SECONDS)).isNotEmpty();
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aStreamGetsItsLeaseThoughAllThreadsOfReactorWaitForIt() throws Exception {
		LeasingStore leasing = new LeasingStore(this.store);
		leasing.takeAll(true);
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hello")))).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		CompletableFuture<List<ChatResponse>> leader = caching.stream(PROMPT).collectList().toFuture();
		List<CompletableFuture<ChatResponse>> answers = followOnAllThreadsOfReactor(caching);
		leasing.takeAll(false);
		for (CompletableFuture<ChatResponse> answer : answers) {
			assertThat(answer.get(20, TimeUnit.SECONDS).getResult().getOutput().getText()).isEqualTo("Hello");
		}
		assertThat(leader.get(20, TimeUnit.SECONDS)).isNotEmpty();
	}

	@Test
	void aLeaseOfWhichNothingWasHeardIsGivenBack() {
		LeasingStore leasing = new LeasingStore(this.store);
		leasing.loseReplies(new IllegalStateException("lost"));
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hello")))).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		Disposable leader = caching.stream(PROMPT).subscribe();
		await().until(() -> caching.underWay() == 0 && leasing.held() == 0);
		assertThat(leader.isDisposed()).isTrue();
	}

	@Test
	void aLeaseThatCannotBeGivenBackIsGivenBackLater() {
		LeasingStore leasing = new LeasingStore(this.store);
		leasing.failReleases(2);
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hello")))).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		caching.stream(PROMPT).blockLast();
		await().until(() -> leasing.held() == 0);
		assertThat(this.listener.events()).filteredOn("failure:LEASE"::equals).hasSize(2);
	}

	@Test
	void aJvmThatFailsToGetALeaseLeavesNoFlightBehind() {
		LeasingStore leasing = new LeasingStore(this.store);
		leasing.loseReplies(new OutOfMemoryError("planted"));
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hello")))).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		assertThat(Chunks.texts(caching.stream(PROMPT).collectList().block(Duration.ofSeconds(20)))).contains("Hello");
		assertThat(caching.underWay()).isZero();
	}

	@Test
	void aLeaderOfAStreamThatIsInterruptedIsFollowedByAnother() throws Exception {
		CachingChatModel caching = caching(streaming(Flux.defer(() -> {
			hold(this.gate);
			return Flux.fromIterable(Chunks.of("Hello"));
		}))).build();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread leader = new Thread(() -> {
			try {
				caching.stream(PROMPT).blockLast();
			}
			catch (Throwable ex) {
				failure.complete(ex);
			}
		});
		leader.start();
		await().until(() -> this.asked.get() == 1 && caching.underWay() == 1);
		CompletableFuture<List<ChatResponse>> live = caching.stream(PROMPT).collectList().toFuture();
		List<Future<ChatResponse>> answers = start(5, (i) -> () -> caching.call(PROMPT));
		awaitFollowers(5);
		leader.interrupt();
		assertThat(failure.get()).hasRootCauseInstanceOf(InterruptedException.class);
		this.gate.countDown();
		assertThat(Chunks.texts(live.get(20, TimeUnit.SECONDS))).isNotEmpty();
		for (Future<ChatResponse> answer : answers) {
			assertThat(answer.get().getResult().getOutput().getText()).isNotEmpty();
		}
		assertThat(caching.underWay()).isZero();
	}

	@Test
	void whoeverTakesThePlaceOfAnInterruptedLeaderIsNotInterrupted() throws Exception {
		CachingChatModel caching = caching(streaming(Flux.defer(() -> {
			hold(this.gate);
			return Flux.fromIterable(Chunks.of("Hello"));
		}))).build();
		Thread leader = new Thread(() -> {
			try {
				caching.stream(PROMPT).blockLast();
			}
			catch (RuntimeException ex) {
				this.gate.countDown();
			}
		});
		leader.start();
		await().until(() -> this.asked.get() == 1 && caching.underWay() == 1);
		CompletableFuture<List<ChatResponse>> follower = caching.stream(PROMPT).collectList().toFuture();
		leader.interrupt();
		assertThat(Chunks.texts(follower.get(20, TimeUnit.SECONDS))).contains("Hello");
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void theLastOneWhoLeavesAStreamGivesItsLeaseBack() {
		LeasingStore leasing = new LeasingStore(this.store);
		AtomicInteger cancelled = new AtomicInteger();
		CachingChatModel caching = caching(streaming(Flux.<ChatResponse>never().doOnCancel(cancelled::incrementAndGet)))
			.store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		caching.stream(PROMPT).subscribe().dispose();
		assertThat(cancelled).hasValue(1);
		assertThat(caching.underWay()).isZero();
		await().until(() -> leasing.held() == 0);
	}

	@Test
	void whoLeavesWhileHeWaitsForALeaseLeavesNothingBehind() {
		LeasingStore leasing = new LeasingStore(this.store);
		leasing.takeAll(true);
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("a")))).store(leasing)
			.distributed(Duration.ofMinutes(5))
			.build();
		caching.stream(PROMPT).subscribe().dispose();
		assertThat(caching.underWay()).isZero();
		leasing.takeAll(false);
		assertThat(Chunks.texts(caching.stream(PROMPT).collectList().block())).contains("a");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void whatALiveFollowerSavedIsToldWithHisOwnContext() {
		List<SavedCall> saved = new ArrayList<>();
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).listener(new CacheListener() {

			@Override
			public void onSaved(String cache, CacheStatus status, SavedCall call) {
				saved.add(call);
			}

		}).build();
		caching.stream(PROMPT).contextWrite((context) -> context.put("who", "leader")).subscribe();
		caching.stream(PROMPT).contextWrite((context) -> context.put("who", "follower")).subscribe();
		Chunks.of("Hello").forEach(sink::tryEmitNext);
		sink.tryEmitComplete();
		assertThat(saved).hasSize(1);
		assertThat(saved.get(0).context().<String>get("who")).isEqualTo("follower");
		assertThat(saved.get(0).outputTokens()).isEqualTo(4);
	}

	@Test
	void theLastOneWhoLeavesCancelsTheModel() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		AtomicInteger cancelled = new AtomicInteger();
		CachingChatModel caching = caching(streaming(sink.asFlux().doOnCancel(cancelled::incrementAndGet))).build();
		Disposable leader = caching.stream(PROMPT).subscribe();
		Disposable follower = caching.stream(PROMPT).subscribe();
		leader.dispose();
		assertThat(cancelled).hasValue(0);
		follower.dispose();
		assertThat(cancelled).hasValue(1);
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void aCallThatFollowsAStreamKeepsItGoing() throws Exception {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		Disposable leader = caching.stream(PROMPT).subscribe();
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
		Thread caller = new Thread(() -> answer.complete(caching.call(PROMPT)));
		caller.start();
		awaitWaiting(caller);
		leader.dispose();
		sink.tryEmitNext(Chunks.chunk("lo", "STOP"));
		sink.tryEmitComplete();
		assertThat(answer.get().getResult().getOutput().getText()).isEqualTo("Hello");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aStreamThatFollowsACallIsReplayed() throws Exception {
		GatedModel model = new GatedModel((call) -> CountingChatModel.answer("answer " + call));
		CachingChatModel caching = caching(model).build();
		Future<ChatResponse> leader = this.threads.submit(() -> caching.call(PROMPT));
		await().until(() -> model.calls.get() == 1);
		List<ChatResponse> follower = new ArrayList<>();
		caching.stream(PROMPT).doOnNext(follower::add).subscribe();
		assertThat(follower).isEmpty();
		this.gate.countDown();
		leader.get();
		await().until(() -> follower.size() == 2);
		assertThat(Chunks.texts(follower)).startsWith("answer 1");
		assertThat(model.calls).hasValue(1);
	}

	@Test
	void aStreamThatFailsHalfWayFailsForEverybody() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		StepVerifier follower = StepVerifier.create(caching.stream(PROMPT))
			.expectNextCount(1)
			.expectErrorMessage("gone")
			.verifyLater();
		StepVerifier other = StepVerifier.create(caching.stream(PROMPT))
			.expectNextCount(1)
			.expectErrorMessage("gone")
			.verifyLater();
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		sink.tryEmitError(new IllegalStateException("gone"));
		follower.verify();
		other.verify();
		assertThat(this.asked).hasValue(1);
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void whoComesToAStreamThatIsTooLargeToBeKeptStartsHisOwn() {
		Sinks.Many<ChatResponse> sink = Sinks.many().multicast().directBestEffort();
		CachingChatModel caching = caching(streaming(sink.asFlux())).maxEntrySize(200).build();
		List<ChatResponse> early = new ArrayList<>();
		List<ChatResponse> late = new ArrayList<>();
		caching.stream(PROMPT).subscribe(early::add);
		sink.tryEmitNext(Chunks.chunk("x".repeat(200), null));
		caching.stream(PROMPT).subscribe(late::add);
		assertThat(late).isEmpty();
		assertThat(this.asked).hasValue(2);
		sink.tryEmitNext(Chunks.chunk("y", null));
		assertThat(early).hasSize(2);
		assertThat(late).hasSize(1);
	}

	private CountingChatModel streaming(Flux<ChatResponse> stream) {
		return new CountingChatModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.defer(() -> {
					SingleFlightTests.this.asked.incrementAndGet();
					return stream;
				});
			}

		};
	}

	private CachingChatModel.Builder caching(CountingChatModel model) {
		return CachingChatModel.builder(model).name("chat").store(this.store).listener(this.listener);
	}

	private <T> List<Future<T>> start(int count, IntFunction<Callable<T>> task) {
		return start(this.threads, count, task);
	}

	private static <T> List<Future<T>> start(ExecutorService threads, int count, IntFunction<Callable<T>> task) {
		List<Future<T>> futures = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Callable<T> callable = task.apply(i);
			futures.add(threads.submit(callable));
		}
		return futures;
	}

	/**
	 * As many calls as Reactor has threads for what blocks.
	 */
	private List<CompletableFuture<ChatResponse>> followOnAllThreadsOfReactor(CachingChatModel caching) {
		List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
		for (int i = 0; i < Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE; i++) {
			answers
				.add(Mono.fromCallable(() -> caching.call(PROMPT)).subscribeOn(Schedulers.boundedElastic()).toFuture());
		}
		awaitFollowers(answers.size());
		return answers;
	}

	/**
	 * Wait until so many pool threads wait for a flight.
	 */
	private void awaitFollowers(int count) {
		await().until(() -> waiting(SingleFlightTests::waitsForAFlight) >= count);
	}

	private static void awaitWaiting(Thread thread) {
		await().until(() -> List.of(thread.getStackTrace()).stream().anyMatch(SingleFlightTests::waitsForAFlight));
	}

	private static long waiting(Predicate<StackTraceElement> where) {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((frames) -> List.of(frames).stream().anyMatch(where))
			.count();
	}

	private static boolean waitsForAFlight(StackTraceElement frame) {
		return frame.getClassName().equals(ChatFlight.class.getName()) && frame.getMethodName().equals("await");
	}

	/**
	 * In a flight, at the model, or in a stream that was subscribed to.
	 */
	private static boolean waitsForAnAnswer(StackTraceElement frame) {
		return waitsForAFlight(frame)
				|| (frame.getClassName().equals(GatedModel.class.getName()) && frame.getMethodName().equals("call"))
				|| (frame.getClassName().contains("BlockingIterable") && frame.getMethodName().equals("hasNext"));
	}

	private static void hold(CountDownLatch gate) {
		try {
			if (!gate.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The gate was never opened");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How a request is made.
	 */
	enum Way {

		CALL {

			@Override
			String ask(CachingChatModel model, int number) {
				return model.call(PROMPT).getResult().getOutput().getText();
			}

		},

		STREAM {

			@Override
			String ask(CachingChatModel model, int number) {
				StringBuilder text = new StringBuilder();
				model.stream(PROMPT)
					.toIterable()
					.forEach((chunk) -> chunk.getResults()
						.forEach((generation) -> text.append(generation.getOutput().getText())));
				return text.toString();
			}

		},

		MIXED {

			@Override
			String ask(CachingChatModel model, int number) {
				return ((number % 2 == 0) ? CALL : STREAM).ask(model, number);
			}

		};

		abstract String ask(CachingChatModel model, int number);

	}

	/**
	 * Says that it may block.
	 */
	private static final class BlockingStore extends ForwardingStore {

		BlockingStore(CacheStore store) {
			super(store);
		}

		@Override
		public boolean blocking() {
			return true;
		}

	}

	/**
	 * A model that answers when the gate is open.
	 */
	private final class GatedModel extends CountingChatModel {

		private final AtomicInteger calls = new AtomicInteger();

		private final IntFunction<ChatResponse> answer;

		GatedModel(IntFunction<ChatResponse> answer) {
			this.answer = answer;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			int call = this.calls.incrementAndGet();
			hold(SingleFlightTests.this.gate);
			return this.answer.apply(call);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.<ChatResponse>create((sink) -> {
				int call = this.calls.incrementAndGet();
				SingleFlightTests.this.threads.submit(() -> {
					hold(SingleFlightTests.this.gate);
					try {
						sink.next(this.answer.apply(call));
						sink.complete();
					}
					catch (RuntimeException ex) {
						sink.error(ex);
					}
				});
			});
		}

	}

}
