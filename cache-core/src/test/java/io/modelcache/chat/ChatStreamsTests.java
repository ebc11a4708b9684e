package io.modelcache.chat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.CacheControl;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatStreams} and what it is made of.
 */
class ChatStreamsTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().clock(this.clock).build();

	private final AtomicInteger streams = new AtomicInteger();

	private Flux<ChatResponse> upstream = Flux.fromIterable(Chunks.of("Hel", "lo", "!"));

	private final CountingChatModel model = new CountingChatModel() {

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> {
				ChatStreamsTests.this.streams.incrementAndGet();
				return ChatStreamsTests.this.upstream;
			});
		}

	};

	private final CachingChatModel caching = caching().build();

	@Test
	void aMissPassesThroughChunkByChunk() {
		List<ChatResponse> original = Chunks.of("Hel", "lo", "!");
		this.upstream = Flux.fromIterable(original);
		List<ChatResponse> chunks = this.caching.stream(PROMPT).collectList().block();
		assertThat(chunks).hasSize(6);
		assertThat(chunks.subList(0, 5)).usingElementComparator((one, other) -> (one == other) ? 0 : 1)
			.isEqualTo(original.subList(0, 5));
		CacheStatus status = CacheStatus.of(chunks.get(5));
		assertThat(status.forward()).isEqualTo(Forward.MISS);
		assertThat(status.stored()).isTrue();
		assertThat(this.listener.events()).containsExactly("store", "miss");
	}

	@Test
	void aHitReplaysTheChunksAsTheyCame() {
		List<ChatResponse> first = this.caching.stream(PROMPT).collectList().block();
		List<ChatResponse> second = this.caching.stream(PROMPT).collectList().block();
		assertThat(this.streams).hasValue(1);
		assertThat(Chunks.texts(second)).isEqualTo(Chunks.texts(first))
			.isEqualTo(Arrays.asList("", "Hel", "lo", "!", "", null));
		assertThat(second).usingRecursiveComparison().ignoringFields("chatResponseMetadata.map").isEqualTo(first);
		assertThat(second.get(4).getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
		assertThat(second.get(5).getMetadata().getUsage()).isEqualTo(new DefaultUsage(3, 4, 7, null, 1L, null));
		assertThat(CacheStatus.of(second.get(5)).hit()).isTrue();
		assertThat(CacheStatus.of(second.get(4))).isSameAs(CacheStatus.NONE);
	}

	@Test
	void aCallIsAnsweredByWhatWasStreamed() {
		this.caching.stream(PROMPT).blockLast();
		ChatResponse response = this.caching.call(PROMPT);
		assertThat(this.model.calls()).isZero();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello!");
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(7);
		assertThat(response.getMetadata().getId()).isEqualTo("chatcmpl-1");
	}

	@Test
	void aStreamIsAnsweredByWhatWasCalled() {
		this.caching.call(PROMPT);
		List<ChatResponse> chunks = this.caching.stream(PROMPT).collectList().block();
		assertThat(this.streams).hasValue(0);
		assertThat(Chunks.texts(chunks)).containsExactly("answer 1", null);
		assertThat(chunks.get(0).getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
		assertThat(CacheStatus.of(chunks.get(1)).hit()).isTrue();
	}

	@Test
	void nothingHappensBeforeSubscription() {
		Flux<ChatResponse> stream = this.caching.stream(PROMPT);
		assertThat(this.streams).hasValue(0);
		stream.blockLast();
		stream.blockLast();
		assertThat(this.streams).hasValue(1);
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
	}

	@Test
	void theContextOfTheSubscriberReachesTheModel() {
		this.upstream = Flux.deferContextual((context) -> Flux.just(Chunks.chunk(context.<String>get("who"), "STOP")));
		StepVerifier
			.create(this.caching.stream(PROMPT)
				.map((chunk) -> chunk.getResult().getOutput().getText())
				.contextWrite((context) -> context.put("who", "me")))
			.expectNext("me")
			.verifyComplete();
	}

	@Test
	void demandReachesTheModel() {
		AtomicLong requested = new AtomicLong();
		this.upstream = Flux.fromIterable(Chunks.of("a", "b", "c")).doOnRequest(requested::addAndGet).hide();
		StepVerifier.create(this.caching.stream(PROMPT), 1)
			.expectNextCount(1)
			.then(() -> assertThat(requested).hasValue(2))
			.thenRequest(2)
			.expectNextCount(2)
			.then(() -> assertThat(requested).hasValue(4))
			.thenRequest(10)
			.expectNextCount(3)
			.verifyComplete();
	}

	@Test
	void aStreamThatIsCancelledIsNotKeptAndTheModelIsTold() {
		TestPublisher<ChatResponse> publisher = TestPublisher.create();
		this.upstream = publisher.flux();
		StepVerifier.create(this.caching.stream(PROMPT))
			.then(() -> publisher.next(Chunks.chunk("Hel", null)))
			.expectNextCount(1)
			.thenCancel()
			.verify();
		publisher.assertCancelled();
		assertThat(this.store.stats().entries()).isZero();
		assertThat(this.listener.events()).isEmpty();
	}

	@Test
	void aStreamThatFailsHalfWayFailsAsWithoutACacheAndIsNotKept() {
		IllegalStateException failure = new IllegalStateException("gone");
		this.upstream = Flux.concat(Flux.just(Chunks.chunk("Hel", null)), Flux.error(failure));
		StepVerifier.create(this.caching.stream(PROMPT)).expectNextCount(1).verifyErrorMatches((ex) -> ex == failure);
		assertThat(this.store.stats().entries()).isZero();
		StepVerifier.create(this.caching.stream(PROMPT)).expectNextCount(1).verifyError(IllegalStateException.class);
		assertThat(this.streams).hasValue(2);
	}

	@Test
	void aStreamThatWasCutShortIsNotKept() {
		this.upstream = Flux.just(Chunks.chunk("Hel", null), Chunks.chunk("", "LENGTH"), Chunks.usage());
		assertThat(CacheStatus.of(this.caching.stream(PROMPT).blockLast()).detail()).isEqualTo("incomplete");
		assertThat(this.store.stats().entries()).isZero();
	}

	/**
	 * Nobody knows which chunk is the last one before the stream ends, and holding each
	 * back would delay them all.
	 */
	@Test
	void aStreamThatGivesNoReasonIsPassedOnAtOnceAndItsLastChunkHasNoStatus() {
		TestPublisher<ChatResponse> publisher = TestPublisher.create();
		this.upstream = publisher.flux();
		StepVerifier.create(this.caching.stream(PROMPT))
			.then(() -> publisher.next(Chunks.chunk("Hel", null)))
			.assertNext((chunk) -> assertThat(CacheStatus.of(chunk)).isSameAs(CacheStatus.NONE))
			.then(publisher::complete)
			.verifyComplete();
		assertThat(this.store.stats().entries()).isZero();
		assertThat(this.listener.events()).containsExactly("reject:incomplete", "miss");
	}

	@Test
	void aStreamThatGrowsTooLargeGoesOnAndIsNotKept() {
		CachingChatModel small = caching().maxEntrySize(2_000).build();
		this.upstream = Flux.range(0, 10_000).map((i) -> Chunks.chunk("x", null)).concatWith(Flux.just(Chunks.usage()));
		StepVerifier.create(small.stream(PROMPT)).expectNextCount(10_001).verifyComplete();
		assertThat(this.store.stats().entries()).isZero();
		assertThat(this.listener.events()).containsExactly("reject:too-large", "miss");
	}

	@Test
	void aChunkOfAnotherVersionThatCannotBeRecordedPassesThrough() {
		ChatResponse odd = new ChatResponse(Chunks.chunk("Hel", null).getResults()) {

			@Override
			public ChatResponseMetadata getMetadata() {
				throw new NoSuchMethodError("planted");
			}

		};
		this.upstream = Flux.just(odd, Chunks.chunk("lo", "STOP"));
		assertThat(Chunks.texts(this.caching.stream(PROMPT).collectList().block())).containsExactly("Hel", "lo");
		assertThat(this.store.stats().entries()).isZero();
		assertThat(this.listener.events()).containsExactly("reject:unreadable", "miss");
	}

	@Test
	void aToolCallIsReplayed() {
		this.upstream = Flux.just(Chunks.chunk(Answers.toolCall("call_1"), "TOOL_CALLS"), Chunks.usage());
		this.caching.stream(PROMPT).blockLast();
		List<ChatResponse> chunks = this.caching.stream(PROMPT).collectList().block();
		assertThat(chunks).hasSize(2);
		assertThat(chunks.get(0).getResult().getOutput().getToolCalls())
			.isEqualTo(Answers.toolCall("call_1").getToolCalls());
		assertThat(chunks.get(0).getResult().getMetadata().getFinishReason()).isEqualTo("TOOL_CALLS");
		assertThat(this.streams).hasValue(1);
	}

	@Test
	void severalGenerationsAreKeptApart() {
		this.upstream = Flux.just(indexed(0, "one", null), indexed(1, "uno", null), indexed(0, " two", "STOP"),
				indexed(1, " due", "STOP"), Chunks.usage());
		this.caching.stream(PROMPT).blockLast();
		ChatResponse response = this.caching.call(PROMPT);
		assertThat(response.getResults()).extracting((generation) -> generation.getOutput().getText())
			.containsExactly("one two", "uno due");
		assertThat(Chunks.texts(this.caching.stream(PROMPT).collectList().block()))
			.isEqualTo(Arrays.asList("one", " two", "uno", " due", null));
	}

	@Test
	void reasoningIsPutTogetherAndComesFirstInAReplay() {
		this.upstream = Flux.just(reasoning("", "I "), reasoning("", "think"), reasoning("Yes", ""),
				Chunks.chunk("", "STOP"), Chunks.usage());
		this.caching.stream(PROMPT).blockLast();
		assertThat(this.caching.call(PROMPT).getResult().getOutput().getMetadata()).containsEntry("reasoningContent",
				"I think");
		List<ChatResponse> replay = this.caching.stream(PROMPT).collectList().block();
		assertThat(replay.get(0).getResult().getOutput().getMetadata()).containsEntry("reasoningContent", "I think");
		assertThat(replay.get(1).getResult().getOutput().getMetadata()).doesNotContainKey("reasoningContent");
	}

	@Test
	void usageInTheLastChunkStaysThere() {
		ChatResponse last = ChatResponse.builder()
			.from(Chunks.chunk("!", "STOP"))
			.metadata(Chunks.usage().getMetadata())
			.build();
		this.upstream = Flux.just(Chunks.chunk("Hi", null), last);
		this.caching.stream(PROMPT).blockLast();
		List<ChatResponse> replay = this.caching.stream(PROMPT).collectList().block();
		assertThat(Chunks.texts(replay)).containsExactly("Hi", "!");
		assertThat(replay.get(1).getMetadata().getUsage().getTotalTokens()).isEqualTo(7);
	}

	@Test
	void aBypassedStreamSaysWhy() {
		ChatResponse last = this.caching.stream(new Prompt(List.of())).blockLast();
		assertThat(CacheStatus.of(last).detail()).isEqualTo("empty-prompt");
		assertThat(this.listener.events()).containsExactly("bypass:empty-prompt");
	}

	@Test
	void directivesInTheContextCount() {
		this.caching.stream(PROMPT).blockLast();
		ChatResponse last = this.caching.stream(PROMPT).contextWrite(CacheControl.noCache().asContext()).blockLast();
		assertThat(CacheStatus.of(last).forward()).isEqualTo(Forward.REQUEST);
		assertThat(CacheStatus.of(last).stored()).isTrue();
		assertThat(this.streams).hasValue(2);
	}

	@Test
	void directivesAtTheCallOfTheMethodCount() {
		Flux<ChatResponse> stream = CacheControl.noStore().call(() -> this.caching.stream(PROMPT));
		assertThat(CacheStatus.of(stream.blockLast()).detail()).isEqualTo("no-store");
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void onlyIfCachedIsAnErrorOfTheStream() {
		StepVerifier.create(this.caching.stream(PROMPT).contextWrite(CacheControl.onlyIfCached().asContext()))
			.verifyError(CacheMissException.class);
		assertThat(this.streams).hasValue(0);
	}

	@Test
	void aStaleAnswerDoesIfTheModelFails() {
		CachingChatModel keeping = caching().staleRetention(Duration.ofHours(1)).build();
		keeping.stream(PROMPT).blockLast();
		this.clock.advance(Duration.ofMinutes(70));
		this.upstream = Flux.error(new IllegalStateException("down"));
		ChatResponse last = keeping.stream(PROMPT)
			.contextWrite(CacheControl.staleIfError(Duration.ofMinutes(10)).asContext())
			.blockLast();
		assertThat(CacheStatus.of(last).hit()).isTrue();
		assertThat(CacheStatus.of(last).ttl()).isEqualTo(Duration.ofMinutes(-10));
		StepVerifier
			.create(keeping.stream(PROMPT).contextWrite(CacheControl.staleIfError(Duration.ofMinutes(9)).asContext()))
			.verifyErrorMessage("down");
	}

	private static ChatResponse indexed(int index, String text, String finishReason) {
		return Chunks.chunk(AssistantMessage.builder().content(text).properties(Map.of("index", index)).build(),
				finishReason);
	}

	private static ChatResponse reasoning(String text, String reasoning) {
		return Chunks.chunk(
				AssistantMessage.builder().content(text).properties(Map.of("reasoningContent", reasoning)).build(),
				null);
	}

	private CachingChatModel.Builder caching() {
		return CachingChatModel.builder(this.model)
			.name("chat")
			.layer("caffeine")
			.store(this.store)
			.clock(this.clock)
			.listener(this.listener)
			.ttl(Duration.ofHours(1));
	}

}
