package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.modelcache.CacheControl;
import io.modelcache.CacheDirectives;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.LeasingStore;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link CacheControl}: what the words mean, and how they reach the cache.
 */
class CacheControlTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final Deque<Runnable> renewals = new ArrayDeque<>();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().clock(this.clock).build();

	private final AtomicInteger calls = new AtomicInteger();

	private Supplier<ChatResponse> answer = () -> CountingChatModel.answer("old");

	private final CountingChatModel model = new CountingChatModel((call) -> {
		this.calls.incrementAndGet();
		return this.answer.get();
	});

	private final CachingChatModel caching = builder().build();

	/**
	 * Answers are fresh for an hour and kept for two more. What is "-" is not there:
	 * directives, a stored answer. An answer is stored with the plain request, some
	 * seconds ago. The model is "ok" and answers "new", or "down". The answer is "old" or
	 * "new", the model's "failure", or a "miss". The last three columns: how often the
	 * model was asked before the caller had his answer, how often in the background
	 * afterwards, and what a request with the same variant and scope would find then.
	 */
	@ParameterizedTest(name = "{0}, stored {1}, model {2}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					-                                              | -    | ok   | new     | fwd=miss; ttl=3600; stored                                  | 1 | 0 | new
					-                                              | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					-                                              | 3599 | ok   | old     | hit; ttl=1; age=3599; detail=caffeine                       | 0 | 0 | old
					-                                              | 3600 | ok   | new     | fwd=stale; ttl=3600; stored                                 | 1 | 0 | new
					-                                              | 60   | down | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					-                                              | -    | down | failure | -                                                           | 1 | 0 | -
					-                                              | 3600 | down | failure | -                                                           | 1 | 0 | old
					no-cache                                       | -    | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					no-cache                                       | 60   | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					no-cache                                       | 60   | down | failure | -                                                           | 1 | 0 | old
					no-store                                       | -    | ok   | new     | fwd=miss; detail=no-store                                   | 1 | 0 | -
					no-store                                       | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					no-store                                       | 3600 | ok   | new     | fwd=stale; detail=no-store                                  | 1 | 0 | old
					bypass                                         | -    | ok   | new     | fwd=bypass; detail=bypass                                   | 1 | 0 | -
					bypass                                         | 60   | ok   | new     | fwd=bypass; detail=bypass                                   | 1 | 0 | old
					no-cache, no-store                             | 60   | ok   | new     | fwd=bypass; detail=bypass                                   | 1 | 0 | old
					bypass                                         | 60   | down | failure | -                                                           | 1 | 0 | old
					only-if-cached                                 | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					only-if-cached                                 | -    | ok   | miss    | fwd=miss                                                    | 0 | 0 | -
					only-if-cached                                 | 3600 | ok   | miss    | fwd=stale                                                   | 0 | 0 | old
					only-if-cached, no-cache                       | 60   | ok   | miss    | fwd=request                                                 | 0 | 0 | old
					only-if-cached, bypass                         | 60   | ok   | miss    | fwd=bypass; detail=bypass                                   | 0 | 0 | old
					only-if-cached, max-age=60                     | 61   | ok   | miss    | fwd=request                                                 | 0 | 0 | old
					only-if-cached, stale-if-error=600             | 3660 | ok   | miss    | fwd=stale                                                   | 0 | 0 | old
					only-if-cached, stale-while-revalidate=600     | 3660 | ok   | old     | hit; ttl=-60; age=3660; detail=stale-while-revalidate       | 0 | 0 | old
					max-age=60                                     | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					max-age=60                                     | 61   | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					max-age=60                                     | 61   | down | failure | -                                                           | 1 | 0 | old
					max-age=0                                      | 0    | ok   | old     | hit; ttl=3600; age=0; detail=caffeine                       | 0 | 0 | old
					max-age=7200                                   | 3660 | ok   | new     | fwd=stale; ttl=3600; stored                                 | 1 | 0 | new
					max-age=60, stale-if-error=60                  | 120  | down | old     | hit; ttl=3480; age=120; detail=stale-if-error               | 1 | 0 | old
					max-age=60, stale-if-error=60                  | 121  | down | failure | -                                                           | 1 | 0 | old
					max-age=60, stale-while-revalidate=60          | 120  | ok   | old     | hit; ttl=3480; age=120; detail=stale-while-revalidate       | 0 | 1 | new
					max-age=60, stale-while-revalidate=60          | 121  | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					ttl=60                                         | -    | ok   | new     | fwd=miss; ttl=60; stored                                    | 1 | 0 | new
					ttl=60                                         | 3599 | ok   | old     | hit; ttl=1; age=3599; detail=caffeine                       | 0 | 0 | old
					ttl=60, no-store                               | -    | ok   | new     | fwd=miss; detail=no-store                                   | 1 | 0 | -
					stale-if-error=600                             | 60   | down | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					stale-if-error=600                             | 4200 | ok   | new     | fwd=stale; ttl=3600; stored                                 | 1 | 0 | new
					stale-if-error=600                             | 4200 | down | old     | hit; ttl=-600; age=4200; detail=stale-if-error              | 1 | 0 | old
					stale-if-error=600                             | 4201 | down | failure | -                                                           | 1 | 0 | old
					stale-if-error=600                             | -    | down | failure | -                                                           | 1 | 0 | -
					no-cache, stale-if-error=600                   | 60   | down | old     | hit; ttl=3540; age=60; detail=stale-if-error                | 1 | 0 | old
					no-cache, stale-if-error=600                   | 60   | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					no-store, stale-if-error=600                   | 3660 | down | old     | hit; ttl=-60; age=3660; detail=stale-if-error               | 1 | 0 | old
					stale-while-revalidate=600                     | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					stale-while-revalidate=600                     | 4200 | ok   | old     | hit; ttl=-600; age=4200; detail=stale-while-revalidate      | 0 | 1 | new
					stale-while-revalidate=600                     | 4201 | ok   | new     | fwd=stale; ttl=3600; stored                                 | 1 | 0 | new
					stale-while-revalidate=600                     | 3660 | down | old     | hit; ttl=-60; age=3660; detail=stale-while-revalidate       | 0 | 1 | old
					stale-while-revalidate=600, no-store           | 3660 | ok   | new     | fwd=stale; detail=no-store                                  | 1 | 0 | old
					stale-while-revalidate=600, no-cache           | 3660 | ok   | new     | fwd=request; ttl=3600; stored                               | 1 | 0 | new
					stale-while-revalidate=600, stale-if-error=600 | 3660 | down | old     | hit; ttl=-60; age=3660; detail=stale-while-revalidate       | 0 | 1 | old
					stale-while-revalidate=60, stale-if-error=600  | 3720 | down | old     | hit; ttl=-120; age=3720; detail=stale-if-error              | 1 | 0 | old
					variant=2                                      | 60   | ok   | new     | fwd=miss; ttl=3600; stored                                  | 1 | 0 | new
					scope=acme                                     | 60   | ok   | new     | fwd=miss; ttl=3600; stored                                  | 1 | 0 | new
					variant=2, only-if-cached                      | 60   | ok   | miss    | fwd=miss                                                    | 0 | 0 | -
					tags=prices                                    | 60   | ok   | old     | hit; ttl=3540; age=60; detail=caffeine                      | 0 | 0 | old
					""")
	void theWordsMeanWhatTheySay(String words, Integer storedAgo, String state, String answer, String status,
			int expectedCalls, int expectedRenewals, String kept) {
		CacheDirectives directives = parse(words);
		for (Way way : Way.values()) {
			this.store.evict(Selector.all());
			this.answer = () -> CountingChatModel.answer("old");
			if (storedAgo != null) {
				this.caching.call(PROMPT);
				this.clock.advance(Duration.ofSeconds(storedAgo));
			}
			this.answer = () -> {
				if (state.equals("down")) {
					throw new IllegalStateException("down");
				}
				return CountingChatModel.answer("new");
			};
			this.calls.set(0);
			assertThat(outcome(way, directives)).as("answer and status by %s", way)
				.isEqualTo(answer + ((status != null) ? ": " + status : ""));
			assertThat(this.calls).as("calls by %s", way).hasValue(expectedCalls);
			assertThat(this.renewals).as("renewals by %s", way).hasSize(expectedRenewals);
			runRenewals();
			assertThat(this.calls).as("calls and renewals by %s", way).hasValue(expectedCalls + expectedRenewals);
			assertThat(kept(directives)).as("kept by %s", way).isEqualTo(kept);
		}
	}

	@Test
	void aStaleAnswerIsRenewedOnceHoweverManyAskForIt() {
		this.caching.call(PROMPT);
		this.clock.advance(Duration.ofSeconds(3660));
		this.answer = () -> CountingChatModel.answer("new");
		CacheDirectives directives = CacheControl.staleWhileRevalidate(Duration.ofHours(1));
		for (int i = 0; i < 20; i++) {
			assertThat(directives.call(() -> this.caching.call("hello"))).isEqualTo("old");
			this.caching.stream(PROMPT).contextWrite(directives.asContext()).blockLast();
		}
		assertThat(this.renewals).hasSize(1);
		runRenewals();
		assertThat(this.calls).hasValue(2);
		assertThat(directives.call(() -> this.caching.call("hello"))).isEqualTo("new");
		assertThat(this.renewals).isEmpty();
	}

	@Test
	void anAnswerThatWasRenewedMeanwhileIsNotRenewedAgain() {
		this.caching.call(PROMPT);
		this.clock.advance(Duration.ofSeconds(3660));
		CacheControl.staleWhileRevalidate(Duration.ofHours(1)).call(() -> this.caching.call("hello"));
		this.caching.call("hello");
		runRenewals();
		assertThat(this.calls).hasValue(2);
	}

	@Test
	void aRenewalInWhichTheJvmFailsLeavesNoFlightBehind() {
		LeasingStore leasing = new LeasingStore(this.store);
		CachingChatModel distributed = builder().store(leasing).distributed(Duration.ofMinutes(5)).build();
		distributed.call(PROMPT);
		this.clock.advance(Duration.ofSeconds(3660));
		CacheControl.staleWhileRevalidate(Duration.ofHours(1)).call(() -> distributed.call("hello"));
		leasing.loseReplies(new OutOfMemoryError("planted"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this::runRenewals);
		assertThat(distributed.underWay()).isZero();
	}

	@Test
	void whatTheExecutorRejectsIsNotRenewedAndTheCallerHasHisAnswer() {
		CachingChatModel bounded = builder().refreshExecutor((task) -> {
			throw new RejectedExecutionException("full");
		}).build();
		bounded.call(PROMPT);
		this.clock.advance(Duration.ofSeconds(3660));
		for (int i = 0; i < 2; i++) {
			assertThat(CacheControl.staleWhileRevalidate(Duration.ofHours(1)).call(() -> bounded.call("hello")))
				.isEqualTo("old");
		}
		assertThat(this.listener.events()).filteredOn("reject:refresh-queue-full"::equals).hasSize(2);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void aConversationThatGoesOnBeforeTheRenewalSpoilsNothing() {
		List<Message> messages = new ArrayList<>(List.of(new UserMessage("hello")));
		Prompt prompt = new Prompt(messages);
		this.caching.call(prompt);
		this.clock.advance(Duration.ofSeconds(3660));
		this.answer = () -> CountingChatModel.answer("new");
		CacheControl.staleWhileRevalidate(Duration.ofHours(1)).call(() -> this.caching.call(prompt));
		messages.add(new UserMessage("and now something else"));
		runRenewals();
		assertThat(this.caching.call("hello")).isEqualTo("new");
		assertThat(this.calls).hasValue(2);
	}

	@Test
	void theInnerWordCounts() {
		CacheDirectives outer = CacheControl.ttl(Duration.ofMinutes(1))
			.staleIfError(Duration.ofHours(1))
			.staleWhileRevalidate(Duration.ofHours(1))
			.scope("outer")
			.tags("a");
		CacheDirectives inner = CacheControl.ttl(Duration.ofMinutes(2))
			.staleIfError(Duration.ZERO)
			.staleWhileRevalidate(Duration.ZERO)
			.scope("inner")
			.tags("b");
		CacheDirectives both = outer.call(() -> inner.call(CacheDirectives::current));
		assertThat(both.ttl()).isEqualTo(Duration.ofMinutes(2));
		assertThat(both.staleIfError()).isZero();
		assertThat(both.staleWhileRevalidate()).isZero();
		assertThat(both.scope()).isEqualTo("inner");
		assertThat(both.tags()).containsExactlyInAnyOrder("a", "b");
		assertThat(outer.and(CacheControl.noCache()).ttl()).isEqualTo(Duration.ofMinutes(1));
		assertThat(CacheDirectives.current()).isSameAs(CacheDirectives.NONE);
	}

	@Test
	void nestedWordsAddUp() {
		this.caching.call(PROMPT);
		CacheStatus status = CacheControl.noCache()
			.call(() -> CacheControl.noStore().call(() -> CacheStatus.of(this.caching.call(PROMPT))));
		assertThat(status.detail()).isEqualTo("bypass");
	}

	@Test
	void theContextCountsMoreThanTheThread() {
		Flux<ChatResponse> stream = CacheControl.ttl(Duration.ofMinutes(1)).call(() -> this.caching.stream(PROMPT));
		ChatResponse last = stream.contextWrite(CacheControl.ttl(Duration.ofMinutes(2)).asContext()).blockLast();
		assertThat(CacheStatus.of(last).ttl()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void theContextThatIsNearerToTheModelCountsMore() {
		ChatResponse last = this.caching.stream(PROMPT)
			.contextWrite(CacheControl.ttl(Duration.ofMinutes(1)).asContext())
			.contextWrite(CacheControl.ttl(Duration.ofMinutes(2)).noStore().asContext())
			.blockLast();
		assertThat(CacheStatus.of(last).detail()).isEqualTo("no-store");
		ChatResponse stored = this.caching.stream(PROMPT)
			.contextWrite(CacheControl.ttl(Duration.ofMinutes(1)).asContext())
			.contextWrite(CacheControl.ttl(Duration.ofMinutes(2)).asContext())
			.blockLast();
		assertThat(CacheStatus.of(stored).ttl()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void otherThreadsAreNotMeant() {
		this.caching.call(PROMPT);
		CacheStatus other = CacheControl.bypass()
			.call(() -> CompletableFuture.supplyAsync(() -> CacheStatus.of(this.caching.call(PROMPT))).join());
		assertThat(other.hit()).isTrue();
	}

	@Test
	void anActionThatFailsLeavesNothingBehind() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> CacheControl.bypass().call(() -> {
			throw new IllegalStateException();
		}));
		assertThat(CacheDirectives.current()).isSameAs(CacheDirectives.NONE);
	}

	@Test
	void tagsEvict() {
		CacheControl.tags("prices", "2026").call(() -> this.caching.call("hello"));
		this.caching.call("something else");
		List<StoredEntry> entries = this.store.scan(Selector.all(), null, 10).entries();
		assertThat(entries).extracting(StoredEntry::tags).containsExactlyInAnyOrder(Set.of("prices", "2026"), Set.of());
		assertThat(this.store.evict(Selector.all().withTag("2026"))).isEqualTo(1);
		assertThat(kept(CacheDirectives.NONE)).isNull();
	}

	@Test
	void aMissThatWasNotToBeOneSaysSo() {
		assertThatExceptionOfType(CacheMissException.class)
			.isThrownBy(() -> CacheControl.onlyIfCached().call(() -> this.caching.call("hello")))
			.withMessageContaining("Cache 'chat' has no answer")
			.satisfies((ex) -> assertThat(ex.getStatus().forward()).isEqualTo(CacheStatus.Forward.MISS));
	}

	@Test
	void wrongArgumentsAreRefusedInWords() {
		CacheDirectives none = CacheDirectives.NONE;
		assertThatIllegalArgumentException().isThrownBy(() -> none.ttl(Duration.ZERO))
			.withMessage("'ttl' must be positive, not PT0S; to store nothing, use noStore()");
		assertThatIllegalArgumentException().isThrownBy(() -> none.ttl(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> none.maxAge(Duration.ofSeconds(-1)))
			.withMessage("'maxAge' must not be negative, but is PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> none.staleIfError(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> none.staleWhileRevalidate(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> none.scope(" ")).withMessage("A scope must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> none.variant(""));
		assertThatIllegalArgumentException().isThrownBy(() -> none.tags("a", " "));
		assertThatIllegalArgumentException().isThrownBy(() -> none.tags("x".repeat(201)));
		assertThatIllegalArgumentException().isThrownBy(() -> {
			for (int i = 0; i <= 16; i++) {
				none.tags(Flux.range(0, i + 1).map((n) -> "tag " + n).collectList().block().toArray(new String[0]));
			}
		}).withMessage("An answer has at most 16 tags, not 17");
		assertThatNullPointerException().isThrownBy(() -> none.ttl(null)).withMessage("'ttl' must not be null");
		assertThatNullPointerException().isThrownBy(() -> none.maxAge(null)).withMessage("'maxAge' must not be null");
		assertThatNullPointerException().isThrownBy(() -> none.scope(null)).withMessage("A scope must not be null");
		assertThatNullPointerException().isThrownBy(() -> none.variant(null));
		assertThatNullPointerException().isThrownBy(() -> none.tags((String) null))
			.withMessage("A tag must not be null");
	}

	@Test
	void anEndlessTimeIsEndless() {
		Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
		CacheDirectives directives = CacheControl.ttl(endless)
			.maxAge(endless)
			.staleIfError(endless)
			.staleWhileRevalidate(endless);
		directives.call(() -> this.caching.call("hello"));
		this.clock.advance(Duration.ofDays(36500));
		assertThat(directives.call(() -> this.caching.call("hello"))).isEqualTo("old");
		assertThat(this.calls).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void anAdvisorCountsForEveryRoundOfTheToolLoop(Way way) {
		ToolingModel tooling = new ToolingModel();
		CachingChatModel toolCaching = builder(tooling).build();
		AtomicInteger toolRuns = new AtomicInteger();
		ToolCallback weather = FunctionToolCallback.builder("weather", (Map<String, Object> city) -> {
			toolRuns.incrementAndGet();
			return "sunny";
		}).description("the weather").inputType(Map.class).build();
		ChatClient client = ChatClient.builder(toolCaching).defaultTools(weather).build();
		assertThat(way.ask(client, CacheControl.tags("weather"))).isEqualTo("It is sunny.");
		assertThat(tooling.asked).hasValue(2);
		assertThat(toolRuns).hasValue(1);
		assertThat(this.store.scan(Selector.all(), null, 10).entries()).hasSize(2)
			.allSatisfy((entry) -> assertThat(entry.tags()).containsExactly("weather"));
		assertThat(way.ask(client, CacheControl.onlyIfCached())).isEqualTo("It is sunny.");
		assertThat(tooling.asked).hasValue(2);
		assertThat(toolRuns).as("the decision is replayed, the tool runs again").hasValue(2);
		assertThat(way.ask(client, CacheControl.bypass())).isEqualTo("It is sunny.");
		assertThat(tooling.asked).hasValue(4);
		assertThat(way.ask(client, CacheControl.noCache())).isEqualTo("It is sunny.");
		assertThat(tooling.asked).hasValue(6);
	}

	@ParameterizedTest
	@EnumSource
	void severalAdvisorsAddUp(Way way) {
		ChatClient client = ChatClient.create(this.caching);
		this.caching.call(PROMPT);
		assertThat(way.ask(client, CacheControl.noCache(), CacheControl.noStore())).isEqualTo("old");
		assertThat(this.listener.events()).last().isEqualTo("bypass:bypass");
	}

	private CachingChatModel.Builder builder() {
		return builder(this.model);
	}

	private CachingChatModel.Builder builder(CountingChatModel model) {
		return CachingChatModel.builder(model)
			.name("chat")
			.layer("caffeine")
			.store(this.store)
			.clock(this.clock)
			.listener(this.listener)
			.ttl(Duration.ofHours(1))
			.staleRetention(Duration.ofHours(2))
			.refreshExecutor(this.renewals::add);
	}

	private String outcome(Way way, CacheDirectives directives) {
		try {
			ChatResponse last = way.ask(this.caching, directives);
			return text(last) + ": " + words(CacheStatus.of(last));
		}
		catch (CacheMissException ex) {
			return "miss: " + words(ex.getStatus());
		}
		catch (IllegalStateException ex) {
			return "failure";
		}
	}

	private String kept(CacheDirectives directives) {
		CacheDirectives look = CacheControl.onlyIfCached().staleWhileRevalidate(Duration.ofDays(9));
		look = (directives.variant() != null) ? look.variant(directives.variant()) : look;
		look = (directives.scope() != null) ? look.scope(directives.scope()) : look;
		try {
			return look.call(() -> this.caching.call("hello"));
		}
		catch (CacheMissException ex) {
			return null;
		}
	}

	private void runRenewals() {
		while (!this.renewals.isEmpty()) {
			this.renewals.poll().run();
		}
	}

	private static String words(CacheStatus status) {
		return status.toString().replaceAll("^modelcache; | key=\"\\w+\";?", "").replaceAll(";$", "").replace("\"", "");
	}

	private static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static CacheDirectives parse(String words) {
		CacheDirectives directives = CacheDirectives.NONE;
		for (String word : (words != null) ? words.split(", ") : new String[0]) {
			String[] parts = word.split("=");
			Supplier<Duration> seconds = () -> Duration.ofSeconds(Long.parseLong(parts[1]));
			directives = switch (parts[0]) {
				case "no-cache" -> directives.noCache();
				case "no-store" -> directives.noStore();
				case "bypass" -> directives.bypass();
				case "only-if-cached" -> directives.onlyIfCached();
				case "max-age" -> directives.maxAge(seconds.get());
				case "ttl" -> directives.ttl(seconds.get());
				case "stale-if-error" -> directives.staleIfError(seconds.get());
				case "stale-while-revalidate" -> directives.staleWhileRevalidate(seconds.get());
				case "variant" -> directives.variant(parts[1]);
				case "scope" -> directives.scope(parts[1]);
				case "tags" -> directives.tags(parts[1]);
				default -> throw new IllegalArgumentException(word);
			};
		}
		return directives;
	}

	/**
	 * How directives reach the model.
	 */
	enum Way {

		CALL {

			@Override
			ChatResponse ask(CachingChatModel model, CacheControl directives) {
				return directives.call(() -> model.call(PROMPT));
			}

			@Override
			String ask(ChatClient client, CacheControl... directives) {
				return client.prompt("hello").advisors(directives).call().content();
			}

		},

		STREAM {

			@Override
			ChatResponse ask(CachingChatModel model, CacheControl directives) {
				return withText(model.stream(PROMPT).contextWrite(directives.asContext()));
			}

			@Override
			String ask(ChatClient client, CacheControl... directives) {
				return String.join("",
						client.prompt("hello").advisors(directives).stream().content().collectList().block());
			}

		},

		STREAM_BY_THREAD {

			@Override
			ChatResponse ask(CachingChatModel model, CacheControl directives) {
				return withText(directives.call(() -> model.stream(PROMPT)));
			}

			@Override
			String ask(ChatClient client, CacheControl... directives) {
				return STREAM.ask(client, directives);
			}

		};

		abstract ChatResponse ask(CachingChatModel model, CacheControl directives);

		abstract String ask(ChatClient client, CacheControl... directives);

		/**
		 * The status is on the last chunk, the text on the first.
		 */
		private static ChatResponse withText(Flux<ChatResponse> stream) {
			List<ChatResponse> chunks = stream.collectList().block();
			CacheStatus status = CacheStatus.of(chunks.get(chunks.size() - 1));
			return StatusMark.on(chunks.get(0), status);
		}

	}

	/**
	 * Wants the weather, and then says it.
	 */
	private static final class ToolingModel extends CountingChatModel {

		private final AtomicInteger asked = new AtomicInteger();

		ToolingModel() {
			options(ToolCallingChatOptions.builder().model("test").build());
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			int round = this.asked.incrementAndGet();
			return prompt.getInstructions().size() > 1 ? CountingChatModel.answer("It is sunny.")
					: Answers.of(Answers.toolCall("call_" + round), "TOOL_CALLS");
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(call(prompt)));
		}

	}

}
