package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that whatever goes wrong with one who asks, or with what he asks, harms nobody
 * else and leaves nothing behind.
 */
@Timeout(30)
class ChatFaultsTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private static final Duration SOON = Duration.ofSeconds(10);

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore memory = CaffeineCacheStore.builder().build();

	private final HookedStore slow = new HookedStore(this.memory, true);

	private final AtomicInteger asked = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void open() {
		this.gate.countDown();
	}

	@Test
	void whenTheSlowestLeavesAStreamThatIsTooLargeTheOthersGoOn() {
		Flux<ChatResponse> endless = Flux.range(1, 60)
			.map((i) -> Chunks.chunk("x".repeat(40), (i == 60) ? "STOP" : null));
		CachingChatModel caching = caching(streaming(endless.hide())).maxEntrySize(500).build();
		Reader slow = new Reader(1);
		Reader fast = new Reader(20);
		caching.stream(PROMPT).subscribe(slow);
		caching.stream(PROMPT).subscribe(fast);
		assertThat(fast.chunks).hasSize(20);
		fast.request(Long.MAX_VALUE);
		slow.cancel();
		assertThat(fast.chunks).hasSize(60);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void whoLeavesWhileAStoreIsReadLeavesNoFlightBehind() {
		CountDownLatch reading = new CountDownLatch(1);
		this.slow.beforeRead(() -> {
			reading.countDown();
			holdInSpiteOfInterrupts();
		});
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hi")))).store(this.slow).build();
		Disposable gone = caching.stream(PROMPT).subscribe();
		hold(reading);
		gone.dispose();
		this.gate.countDown();
		StepVerifier.create(caching.stream(PROMPT)).expectNextCount(4).expectComplete().verify(SOON);
	}

	@Test
	void whoComesJustWhenAStreamIsClosedDoesNotTurnInCircles() {
		AtomicReference<CachingChatModel> model = new AtomicReference<>();
		List<ChatResponse> late = new ArrayList<>();
		CacheListener impatient = new CacheListener() {

			@Override
			public void onReject(String cache, String reason) {
				if (ChatFaultsTests.this.asked.get() == 1) {
					model.get().stream(PROMPT).subscribe(late::add);
				}
			}

		};
		Flux<ChatResponse> large = Flux.just(Chunks.chunk("x".repeat(300), null), Chunks.chunk("", "STOP"));
		model.set(caching(streaming(large)).listener(impatient).maxEntrySize(300).build());
		assertThat(model.get().stream(PROMPT).collectList().block(SOON)).hasSize(2);
		assertThat(late).hasSize(2);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void aChunkThatCannotBeReadGoesThroughAndIsNotKept() {
		AssistantMessage odd = new AssistantMessage("odd") {

			@Override
			public Map<String, Object> getMetadata() {
				throw new IllegalStateException("no metadata here");
			}

		};
		List<ChatResponse> chunks = List.of(Chunks.chunk("a", null), Chunks.chunk(odd, null), Chunks.chunk("", "STOP"));
		CachingChatModel caching = caching(streaming(Flux.fromIterable(chunks))).build();
		for (int i = 1; i <= 2; i++) {
			assertThat(Chunks.texts(caching.stream(PROMPT).collectList().block(SOON))).containsExactly("a", "odd", "");
			assertThat(this.asked).hasValue(i);
		}
		assertThat(this.listener.events()).contains("reject:unreadable");
	}

	@Test
	void aToolCallOfAMessageThatKnowsMoreIsNotKeptFromAStreamEither() {
		AssistantMessage signed = new AssistantMessage("", Map.of(), Answers.toolCall("call_1").getToolCalls(),
				List.of()) {

		};
		CachingChatModel caching = caching(streaming(Flux.just(Chunks.chunk(signed, "TOOL_CALLS")))).build();
		ChatResponse last = caching.stream(PROMPT).blockLast(SOON);
		assertThat(CacheStatus.of(last).stored()).isFalse();
		assertThat(this.memory.stats().entries()).isZero();
		assertThat(this.listener.events()).contains("reject:unknown-message-type");
	}

	@Test
	void aStreamThatEndsWithoutSayingWhyIsNotKept() {
		CachingChatModel caching = caching(streaming(Flux.just(Chunks.chunk("Half of an ans", null)))).build();
		caching.stream(PROMPT).blockLast(SOON);
		assertThat(this.memory.stats().entries()).isZero();
		assertThat(this.listener.events()).contains("reject:incomplete");
	}

	@Test
	void whatTheLeaderDoesToAChunkReachesNoFollower() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		List<ChatResponse> follower = new ArrayList<>();
		caching.stream(PROMPT).subscribe((chunk) -> chunk.getResult().getOutput().getMetadata().put("mine", "yes"));
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		caching.stream(PROMPT).subscribe(follower::add);
		sink.tryEmitNext(Chunks.chunk("lo", null));
		assertThat(follower).hasSize(2)
			.allSatisfy((chunk) -> assertThat(chunk.getResult().getOutput().getMetadata()).doesNotContainKey("mine"));
	}

	@Test
	void aSubscriberWhoThrowsHarmsNobodyElse() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		AtomicReference<Throwable> told = new AtomicReference<>();
		List<ChatResponse> other = new ArrayList<>();
		caching.stream(PROMPT).subscribe(new Rude(told));
		caching.stream(PROMPT).subscribe(other::add);
		sink.tryEmitNext(Chunks.chunk("Hel", null));
		sink.tryEmitNext(Chunks.chunk("lo", "STOP"));
		sink.tryEmitComplete();
		assertThat(Chunks.texts(other)).containsExactly("Hel", "lo");
		assertThat(told.get()).hasMessage("rude");
		assertThat(this.memory.stats().entries()).isEqualTo(1);
	}

	@Test
	void aListenerThatThrowsAnErrorFailsNothing() {
		CacheListener broken = new CacheListener() {

			@Override
			public void onStore(String cache, Fingerprint key, int bytes) {
				throw new NoClassDefFoundError("meters");
			}

			@Override
			public void onMiss(String cache, CacheStatus status) {
				throw new AssertionError("meters");
			}

		};
		CachingChatModel caching = caching(new CountingChatModel()).listener(broken).build();
		assertThat(caching.call("one")).isEqualTo("answer 1");
		assertThat(caching.call("one")).isEqualTo("answer 1");
		assertThat(caching.stream(new Prompt("two")).collectList().block(SOON)).hasSize(1);
	}

	@Test
	void whoLeavesAtOnceDoesNotAskTheModel() {
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hi")))).build();
		caching.stream(PROMPT).subscribe(new Reader(0) {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.cancel();
			}

		});
		assertThat(this.asked).hasValue(0);
		assertThat(caching.stream(PROMPT).collectList().block(SOON)).hasSize(4);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aModelThatGivesNoStreamFailsAsWithoutACacheAndLeavesNoFlightBehind() {
		CountingChatModel model = new CountingChatModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return (ChatFaultsTests.this.asked.incrementAndGet() == 1) ? null
						: Flux.just(Chunks.chunk("Hi", "STOP"));
			}

		};
		CachingChatModel caching = caching(model).build();
		StepVerifier.create(caching.stream(PROMPT)).expectError(NullPointerException.class).verify(SOON);
		assertThat(caching.stream(PROMPT).collectList().block(SOON)).hasSize(1);
	}

	@Test
	void aModelWhoseStreamAsksItselfDoesNotWaitForItself() {
		CachingChatModel[] self = new CachingChatModel[1];
		Flux<ChatResponse> answer = Flux.fromIterable(Chunks.of("inner"));
		self[0] = caching(streaming(Flux.defer(() -> (this.asked.get() == 1) ? self[0].stream(PROMPT) : answer)))
			.build();
		assertThat(self[0].stream(PROMPT).collectList().block(SOON)).hasSize(4);
	}

	@Test
	void whoFollowsAStreamIsHeardOf() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		List<Boolean> collapsed = new ArrayList<>();
		CachingChatModel caching = caching(streaming(sink.asFlux())).listener(new CacheListener() {

			@Override
			public void onMiss(String cache, CacheStatus status) {
				collapsed.add(status.collapsed());
			}

		}).build();
		caching.stream(PROMPT).subscribe();
		caching.stream(PROMPT).subscribe();
		sink.tryEmitNext(Chunks.chunk("Hello", "STOP"));
		sink.tryEmitComplete();
		assertThat(collapsed).containsExactly(false, true);
	}

	@Test
	void theLeaderOfACallDoesNotWaitForWhatOthersDoWithTheAnswer() throws Exception {
		CountDownLatch answered = new CountDownLatch(1);
		CachingChatModel caching = caching(new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				ChatFaultsTests.this.asked.incrementAndGet();
				hold(answered);
				return super.call(prompt);
			}

		}).build();
		CompletableFuture<String> leader = CompletableFuture.supplyAsync(() -> caching.call("hello"));
		await().until(() -> this.asked.get() == 1);
		CompletableFuture<String> follower = new CompletableFuture<>();
		caching.stream(PROMPT).subscribe((chunk) -> {
			hold(this.gate);
			follower.complete("done");
		});
		answered.countDown();
		assertThat(leader.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
		assertThat(follower).isNotDone();
		this.gate.countDown();
		assertThat(follower).succeedsWithin(SOON);
	}

	@Test
	void aCheckThatFailsLandsTheFlightStill() throws Exception {
		HookedStore store = new HookedStore(this.memory, false);
		AtomicInteger reads = new AtomicInteger();
		CountDownLatch reading = new CountDownLatch(1);
		CachingChatModel caching = caching(new CountingChatModel()).store(store).build();
		store.beforeRead(() -> {
			int read = reads.incrementAndGet();
			if (read == 1) {
				reading.countDown();
				hold(this.gate);
			}
			if (read == 3) {
				throw new OutOfMemoryError("just now");
			}
		});
		CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> caching.call("hello"));
		hold(reading);
		caching.call("something else");
		this.gate.countDown();
		assertThat(first).failsWithin(SOON).withThrowableThat().havingCause().isInstanceOf(OutOfMemoryError.class);
		assertThat(CompletableFuture.supplyAsync(() -> caching.call("hello"))).succeedsWithin(SOON)
			.isEqualTo("answer 2");
	}

	@Test
	void whoLeavesWhileAnAnswerIsStoredTakesNothingWithHim() {
		CountDownLatch writing = new CountDownLatch(1);
		this.slow.beforeWrite(() -> {
			writing.countDown();
			holdInSpiteOfInterrupts();
		});
		CachingChatModel caching = caching(streaming(Flux.fromIterable(Chunks.of("Hi")))).store(this.slow).build();
		Disposable gone = caching.stream(PROMPT).subscribe();
		hold(writing);
		CompletableFuture<ChatResponse> follower = CompletableFuture.supplyAsync(() -> caching.call(PROMPT));
		await().until(() -> waitsInFlight());
		gone.dispose();
		this.gate.countDown();
		assertThat(follower).succeedsWithin(SOON);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aPromotedStreamServesAllWhoWait() {
		CountingChatModel model = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				ChatFaultsTests.this.asked.incrementAndGet();
				hold(ChatFaultsTests.this.gate);
				return super.call(prompt);
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.defer(() -> {
					ChatFaultsTests.this.asked.incrementAndGet();
					return Flux.fromIterable(Chunks.of("promoted"));
				});
			}

		};
		CachingChatModel caching = caching(model).maxWait(Duration.ofMillis(100)).build();
		CompletableFuture.runAsync(() -> caching.call(PROMPT));
		await().until(() -> this.asked.get() == 1);
		List<List<ChatResponse>> answers = Flux.range(0, 20)
			.flatMap((i) -> caching.stream(PROMPT).collectList(), 20)
			.collectList()
			.block(SOON);
		assertThat(answers).hasSize(20).allSatisfy((chunks) -> assertThat(Chunks.texts(chunks)).contains("promoted"));
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void aPromotedFollowerWhoseAnswerIsUnfitLandsNobody() {
		CountingChatModel model = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				int call = ChatFaultsTests.this.asked.incrementAndGet();
				if (call == 1) {
					hold(ChatFaultsTests.this.gate);
				}
				return (call == 1) ? CountingChatModel.answer("leader")
						: Answers.withFinishReason(CountingChatModel.answer("half"), "LENGTH");
			}

		};
		CachingChatModel caching = caching(model).maxWait(Duration.ofMillis(500)).build();
		CompletableFuture<String> leader = CompletableFuture.supplyAsync(() -> caching.call("hello"));
		await().until(() -> this.asked.get() == 1);
		assertThat(caching.call("hello")).isEqualTo("half");
		this.gate.countDown();
		assertThat(leader).succeedsWithin(SOON).isEqualTo("leader");
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void whoFollowsAStreamFromWhichNothingComesIsPromotedToo() {
		CountingChatModel model = new CountingChatModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.defer(() -> (ChatFaultsTests.this.asked.incrementAndGet() == 1) ? Flux.never()
						: Flux.fromIterable(Chunks.of("promoted")));
			}

		};
		CachingChatModel caching = caching(model).maxWait(Duration.ofMillis(100)).build();
		caching.stream(PROMPT).subscribe();
		List<List<ChatResponse>> answers = Flux.range(0, 5)
			.flatMap((i) -> caching.stream(PROMPT).collectList(), 5)
			.collectList()
			.block(SOON);
		assertThat(answers).hasSize(5);
		assertThat(this.asked.get()).isBetween(2, 3);
	}

	@Test
	void aLongestWaitThatIsForEverIsForEver() {
		CachingChatModel caching = caching(new CountingChatModel()).maxWait(Duration.ofSeconds(Long.MAX_VALUE)).build();
		assertThat(caching.call("hello")).isEqualTo("answer 1");
	}

	@Test
	void aChunkWithoutAFinishReasonIsNotHeldBack() {
		Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
		CachingChatModel caching = caching(streaming(sink.asFlux())).build();
		List<ChatResponse> seen = new ArrayList<>();
		caching.stream(PROMPT).subscribe(seen::add);
		sink.tryEmitNext(Chunks.chunk("Hel", "_UNKNOWN"));
		assertThat(Chunks.texts(seen)).containsExactly("Hel");
		sink.tryEmitNext(Chunks.chunk("lo", "STOP"));
		assertThat(seen).hasSize(1);
		sink.tryEmitComplete();
		assertThat(CacheStatus.of(seen.get(1)).stored()).isTrue();
	}

	@Test
	void anErrorOfTheModelThatIsNoExceptionGoesThrough() {
		CachingChatModel caching = caching(new CountingChatModel((call) -> {
			throw new StackOverflowError("deep");
		})).build();
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> caching.call("hello"));
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> caching.call("hello"));
	}

	private CountingChatModel streaming(Flux<ChatResponse> stream) {
		return new CountingChatModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.defer(() -> {
					ChatFaultsTests.this.asked.incrementAndGet();
					return stream;
				});
			}

			@Override
			public ChatResponse call(Prompt prompt) {
				ChatFaultsTests.this.asked.incrementAndGet();
				return super.call(prompt);
			}

		};
	}

	private CachingChatModel.Builder caching(CountingChatModel model) {
		return CachingChatModel.builder(model).name("chat").store(this.memory).listener(this.listener);
	}

	private static boolean waitsInFlight() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Stream::of)
			.anyMatch((frame) -> frame.getClassName().equals(ChatFlight.class.getName())
					&& frame.getMethodName().equals("await"));
	}

	private void holdInSpiteOfInterrupts() {
		while (this.gate.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

	private static void hold(CountDownLatch gate) {
		try {
			if (!gate.await(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The gate was never opened");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads as much as it is told.
	 */
	private static class Reader extends BaseSubscriber<ChatResponse> {

		private final long first;

		private final List<ChatResponse> chunks = new ArrayList<>();

		Reader(long first) {
			this.first = first;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.first);
		}

		@Override
		protected void hookOnNext(ChatResponse chunk) {
			this.chunks.add(chunk);
		}

	}

	/**
	 * Throws at what he is given.
	 */
	private record Rude(AtomicReference<Throwable> told) implements CoreSubscriber<ChatResponse> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ChatResponse chunk) {
			throw new IllegalStateException("rude");
		}

		@Override
		public void onError(Throwable failure) {
			this.told.set(failure);
		}

		@Override
		public void onComplete() {
		}

	}

}
