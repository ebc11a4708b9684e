package io.modelcache.chat;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.store.GuardLimits;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.store.jdbc.JdbcCacheStore;
import io.modelcache.store.jdbc.JdbcTables;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.FlakyStore;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import io.modelcache.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what has gone wrong in other caches of answers does not go wrong here. Each
 * is named after the failure, with the number of its thread where there is one. Those of
 * LangChain's {@code RedisCache} are in {@code RedisBehaviorIT}.
 */
@Timeout(60)
class PeerFailuresTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder()
		.clock(this.clock)
		.ticker(() -> TimeUnit.MILLISECONDS.toNanos(this.clock.millis()))
		.executor(Runnable::run)
		.build();

	private final CountingChatModel model = new CountingChatModel();

	private final CachingChatModel caching = caching(this.model).build();

	@Nested
	@DisplayName("Spring AI SemanticCacheAdvisor")
	class SpringAiSemanticCacheAdvisor {

		@Test
		void anAnswerMadeUnderTheSystemPromptOfOneTenantIsServedWithoutIt() {
			assertApart(List.of(new SystemMessage("You work for A."), new UserMessage("hello")),
					List.of(new UserMessage("hello")));
			assertApart(List.of(new SystemMessage("You work for A."), new UserMessage("hello")),
					List.of(new SystemMessage("You work for B."), new UserMessage("hello")));
		}

		@Test
		void twoConversationsThatEndInContinueShareAnAnswer() {
			assertApart(
					List.of(new UserMessage("Tell me a tale"), new AssistantMessage("Once"),
							new UserMessage("continue")),
					List.of(new UserMessage("Count"), new AssistantMessage("One"), new UserMessage("continue")));
		}

		@Test
		void aToolCallIsReplayedAsEmptyText() {
			CachingChatModel caching = caching(answering(Answers.of(Answers.toolCall("call_1"), "TOOL_CALLS"))).build();
			ChatResponse original = caching.call(PROMPT);
			ChatResponse hit = caching.call(PROMPT);
			assertThat(CacheStatus.of(hit).hit()).isTrue();
			assertThat(hit.getResult().getOutput().getToolCalls())
				.isEqualTo(original.getResult().getOutput().getToolCalls())
				.hasSize(1);
		}

		@Test
		void anAnswerWithNullTextThrowsOnEveryLaterHit() {
			AssistantMessage silent = AssistantMessage.builder()
				.content(null)
				.toolCalls(Answers.toolCall("call_1").getToolCalls())
				.build();
			CachingChatModel caching = caching(answering(Answers.of(silent, "TOOL_CALLS"))).build();
			caching.call(PROMPT);
			assertThat(CacheStatus.of(caching.call(PROMPT)).hit()).isTrue();
			assertThat(caching.call(PROMPT).getResult().getOutput().getText()).isNull();
			CachingChatModel mute = caching(answering(Answers.of(new AssistantMessage(null), "STOP"))).name("mute")
				.build();
			mute.call(PROMPT);
			assertThat(CacheStatus.of(mute.call(PROMPT)).hit()).isFalse();
		}

		@Test
		void fiftyIdenticalConcurrentCallsMakeFiftyProviderCalls() throws Exception {
			CountDownLatch all = new CountDownLatch(50);
			CachingChatModel caching = caching(new CountingChatModel((call) -> {
				await(all);
				return CountingChatModel.answer("answer " + call);
			})).build();
			ExecutorService threads = Executors.newFixedThreadPool(50);
			try {
				List<Future<String>> answers = new ArrayList<>();
				for (int i = 0; i < 50; i++) {
					answers.add(threads.submit(() -> {
						all.countDown();
						return caching.call("hello");
					}));
				}
				for (Future<String> answer : answers) {
					assertThat(answer.get()).isEqualTo("answer 1");
				}
			}
			finally {
				threads.shutdownNow();
			}
		}

		@Test
		void aStoreThatIsDownFailsTheRequest() {
			CachingChatModel caching = caching(PeerFailuresTests.this.model)
				.store(BrokenStore.throwing(() -> new IllegalStateException("down")))
				.build();
			assertThat(caching.call("hello")).isEqualTo("answer 1");
			assertThat(caching.stream(PROMPT).blockLast()).isNotNull();
		}

		@Test
		void anEntryNeverExpires() {
			caching.call("hello");
			assertThat(onlyEntry().freshUntil()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
			clock.advance(Duration.ofDays(1));
			assertThat(caching.call("hello")).isEqualTo("answer 2");
		}

	}

	@Nested
	@DisplayName("LangChain")
	class LangChain {

		@Test
		@DisplayName("InMemoryCache hands out the stored list by reference")
		void theStoredListIsHandedOutByReference() {
			ChatResponse original = caching.call(PROMPT);
			original.getResult().getOutput().getMetadata().put("mine", "yes");
			caching.call(PROMPT).getResult().getOutput().getMetadata().put("mine", "yes");
			ChatResponse hit = caching.call(PROMPT);
			assertThat(hit.getResult().getOutput().getMetadata()).doesNotContainKey("mine");
			assertThat(hit.getResult().getOutput()).isNotSameAs(caching.call(PROMPT).getResult().getOutput());
		}

		@Test
		@DisplayName("SQLAlchemyCache: fewer generations than before leave old rows")
		void fewerGenerationsThanBeforeMakeAMixedAnswer() {
			CachingChatModel caching = caching(new CountingChatModel((call) -> generations(4 - call))).build();
			assertThat(caching.call(PROMPT).getResults()).hasSize(3);
			CacheControl.noCache().call(() -> caching.call(PROMPT));
			assertThat(caching.call(PROMPT).getResults()).hasSize(2);
			assertThat(store.stats().entries()).isEqualTo(1);
		}

		@Test
		@DisplayName("langchain-redis keeps only the first of n answers")
		void onlyTheFirstOfSeveralAnswersIsKept() {
			CachingChatModel caching = caching(answering(generations(3))).build();
			caching.call(PROMPT);
			assertThat(caching.call(PROMPT).getResults()).extracting((generation) -> generation.getOutput().getText())
				.containsExactly("0", "1", "2");
		}

		@Test
		@DisplayName("langchainjs 10092 and 6024: images are not in the key")
		void imagesAreNotInTheKey() {
			assertApart(List.of(picture(new byte[] { 1 })), List.of(picture(new byte[] { 2 })));
			assertApart(List.of(picture(URI.create("http://localhost/1.png"))),
					List.of(picture(URI.create("http://localhost/2.png"))));
		}

		@Test
		@DisplayName("29003: tools and structured output are not in the key")
		void toolsAndStructuredOutputAreNotInTheKey() {
			assertApart(openAi().build(), openAi().toolCallbacks(Samples.tool("one")).build());
			assertApart(openAi().toolCallbacks(Samples.tool("one")).build(),
					openAi().toolCallbacks(Samples.tool("two")).build());
			assertApart(openAi().outputSchema("{\"type\":\"object\"}").build(),
					openAi().outputSchema("{\"type\":\"array\"}").build());
		}

		@Test
		@DisplayName("RedisCache: md5 of texts without a separator; also laravel/ai 839")
		void textsArePutTogetherWithoutASeparator() {
			assertApart(List.of(new UserMessage("ab"), new UserMessage("c")),
					List.of(new UserMessage("a"), new UserMessage("bc")));
			assertApart(List.of(new SystemMessage("a"), new UserMessage("b")), List.of(new UserMessage("system:a\nb")));
		}

		@Test
		@DisplayName("13119, 23701, langchainjs 3582: streams bypass the cache")
		void streamsBypassTheCache() {
			caching.stream(PROMPT).blockLast();
			assertThat(CacheStatus.of(caching.stream(PROMPT).blockLast()).hit()).isTrue();
			assertThat(caching.call("hello")).isEqualTo("answer 1");
		}

		@Test
		@DisplayName("21777: the index row is too large for a long prompt")
		void aLongPromptBreaksTheStore() {
			String question = "Why? ".repeat(100_000);
			assertThat(caching.call(question)).isEqualTo("answer 1");
			assertThat(caching.call(question)).isEqualTo("answer 1");
			assertThat(onlyEntry().payload()).hasSizeLessThan(1000);
		}

		@Test
		@DisplayName("SQLiteCache is never purged, InMemoryCache has no time to live")
		void whatHasExpiredTakesRoomForEver() {
			caching.call("hello");
			clock.advance(Duration.ofDays(2));
			caching.call("bye");
			assertThat(store.stats().entries()).isEqualTo(1);
		}

	}

	@Nested
	@DisplayName("LangChain's caches in a database")
	class LangChainInADatabase {

		private final HikariDataSource pool = TestDatabase.h2InMemory("").pool(2);

		private final JdbcTables tables = tables(this.pool);

		private final AtomicBoolean gone = new AtomicBoolean();

		private final DataSource database = new DelegatingDataSource(this.pool) {

			@Override
			public Connection getConnection() throws SQLException {
				if (LangChainInADatabase.this.gone.get()) {
					throw new SQLException("The database is gone");
				}
				return super.getConnection();
			}

		};

		@AfterEach
		void close() {
			this.pool.close();
		}

		@Test
		@DisplayName("SQLAlchemyCache: errors of the database reach the caller")
		void errorsOfTheDatabaseReachTheCaller() {
			CachingChatModel caching = caching(model).store(stored()).build();
			assertThat(caching.call("hello")).isEqualTo("answer 1");
			this.gone.set(true);
			assertThat(caching.call("hello")).isEqualTo("answer 2");
			assertThat(text(Objects.requireNonNull(caching.stream(PROMPT).blockLast()))).isEqualTo("answer 3");
			assertThat(listener.events()).contains("failure:READ", "failure:WRITE");
			this.gone.set(false);
			assertThat(caching.call("hello")).isEqualTo("answer 1");
		}

		@Test
		@DisplayName("SQLAlchemyCache with full text: duplicates come back as extra generations")
		void duplicatesComeBackAsExtraGenerations() {
			CachingChatModel one = caching(model).store(stored()).build();
			CachingChatModel other = caching(model).store(stored()).build();
			one.call(PROMPT);
			CacheControl.noCache().call(() -> other.call(PROMPT));
			CacheControl.noCache().call(() -> one.call(PROMPT));
			ChatResponse hit = other.call(PROMPT);
			assertThat(CacheStatus.of(hit).hit()).isTrue();
			assertThat(hit.getResults()).hasSize(1);
			assertThat(text(hit)).isEqualTo("answer 3");
			assertThat(stored().stats().entries()).isEqualTo(1);
		}

		private JdbcCacheStore stored() {
			return JdbcCacheStore.builder(this.database, this.tables).clock(clock).build();
		}

		private static JdbcTables tables(DataSource dataSource) {
			try {
				JdbcTables tables = JdbcTables.in(dataSource, null, JdbcTables.DEFAULT_PREFIX);
				Flyway.configure()
					.dataSource(dataSource)
					.locations(tables.dialect().scripts())
					.placeholders(Map.of("prefix", tables.prefix()))
					.load()
					.migrate();
				return tables;
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@Nested
	@DisplayName("LiteLLM")
	class LiteLlm {

		@Test
		@DisplayName("35273: a backend that hangs blocks callers for ever")
		void aBackendThatHangsBlocksCallersForEver() {
			FlakyStore backend = new FlakyStore(store);
			try (GuardedCacheStore guarded = guarded(backend, Duration.ofMillis(50))) {
				CachingChatModel caching = caching(model).store(guarded).build();
				backend.hang();
				for (int call = 1; call <= 100; call++) {
					assertThat(caching.call("hello")).isEqualTo("answer " + call);
				}
				assertThat(caching.stream(PROMPT).blockLast()).isNotNull();
				assertThat(backend.calls()).as("one read and one write").isLessThanOrEqualTo(2);
				backend.recover();
			}
		}

		@Test
		@DisplayName("40672: a pool that is busy is taken for an outage")
		void aBusyPoolIsTakenForAnOutage() throws Exception {
			FlakyStore backend = new FlakyStore(store);
			ExecutorService threads = Executors.newSingleThreadExecutor();
			try (GuardedCacheStore guarded = GuardedCacheStore.builder(backend)
				.clock(clock)
				.inProcess()
				.limits(new GuardLimits(Duration.ofMillis(50), 1, 50, Duration.ofSeconds(10)))
				.build()) {
				CachingChatModel caching = caching(model).store(guarded).build();
				caching.call("known");
				guarded.flush();
				backend.hang();
				Future<String> holder = threads.submit(() -> caching.call("known"));
				Awaitility.await().until(() -> backend.underWay() == 1);
				for (int call = 2; call <= 25; call++) {
					assertThat(CacheControl.noStore().call(() -> caching.call("hello"))).isEqualTo("answer " + call);
				}
				backend.recover();
				assertThat(holder.get()).isEqualTo("answer 1");
				assertThat(guarded.health().degraded()).isFalse();
				assertThat(caching.call("known")).isEqualTo("answer 1");
			}
			finally {
				threads.shutdownNow();
			}
		}

		@Test
		@DisplayName("34299: errors that are swallowed keep the breaker closed")
		void swallowedErrorsKeepTheBreakerClosed() {
			FlakyStore backend = new FlakyStore(store);
			try (GuardedCacheStore guarded = guarded(backend, Duration.ofSeconds(30))) {
				CachingChatModel caching = caching(model).store(guarded).build();
				backend.fail(new IllegalStateException("READONLY"));
				for (int call = 1; call <= 100; call++) {
					int number = call;
					assertThat(CacheControl.noStore().call(() -> caching.call("hello"))).isEqualTo("answer " + number);
				}
				assertThat(guarded.health().reads()).isFalse();
				assertThat(backend.calls()).isEqualTo(20);
				assertThat(listener.events()).filteredOn("failure:READ"::equals).hasSize(100);
			}
		}

		private GuardedCacheStore guarded(FlakyStore backend, Duration timeout) {
			return GuardedCacheStore.builder(backend)
				.clock(clock)
				.limits(new GuardLimits(timeout, 64, 50, Duration.ofSeconds(10)))
				.build();
		}

		@Test
		@DisplayName("9844: evaluations get one frozen answer in spite of a temperature or n above 1")
		void whoAsksForVarietyGetsOneFrozenAnswer() {
			Prompt lively = new Prompt("hello", ChatOptions.builder().temperature(0.9).build());
			CachingChatModel bypassing = caching(model).nonDeterministic(NonDeterministic.BYPASS).build();
			assertThat(text(bypassing.call(lively))).isNotEqualTo(text(bypassing.call(lively)));
			assertThat(CacheControl.variant("a").call(() -> caching.call("hello")))
				.isNotEqualTo(CacheControl.variant("b").call(() -> caching.call("hello")));
			assertApart(openAi().n(1).build(), openAi().n(2).build());
			assertApart(openAi().temperature(0.1).build(), openAi().temperature(0.2).build());
		}

		@Test
		@DisplayName("27337: a replay is not equal to the original, so that the next turn misses")
		void theNextTurnAfterAReplayMisses() {
			CachingChatModel caching = caching(new CountingChatModel((call) -> Answers.of(AssistantMessage.builder()
				.content("answer " + call)
				.properties(Map.of("id", "random-" + call, "reasoningContent", "because"))
				.toolCalls(Answers.toolCall("random_" + call).getToolCalls())
				.build(), "STOP"))).build();
			for (int time = 0; time < 2; time++) {
				List<Message> messages = new ArrayList<>(PROMPT.getInstructions());
				messages.add(caching.call(new Prompt(messages)).getResult().getOutput());
				messages.add(new UserMessage("And then?"));
				assertThat(CacheStatus.of(caching.call(new Prompt(messages))).hit()).isEqualTo(time == 1);
			}
		}

		@Test
		@DisplayName("42400: only the fields of a list are in the key")
		void anUnusualFieldIsNotInTheKey() {
			assertApart(openAi().build(), openAi().seed(7).build());
			assertApart(openAi().extraBody(Map.of("top_k", 1)).build(), openAi().extraBody(Map.of("top_k", 2)).build());
			assertApart(openAi().customHeaders(Map.of("X-Region", "a")).build(),
					openAi().customHeaders(Map.of("X-Region", "b")).build());
		}

		@Test
		@DisplayName("2838, LightRAG 755: one bad answer cannot be replaced or removed")
		void oneBadAnswerCannotBeRemoved() {
			CacheControl.tags("doubtful").call(() -> caching.call("hello"));
			caching.call("bye");
			assertThat(CacheControl.noCache().call(() -> caching.call("hello"))).isEqualTo("answer 3");
			assertThat(caching.call("hello")).isEqualTo("answer 3");
			CacheControl.noCache().tags("doubtful").call(() -> caching.call("hello"));
			assertThat(store.evict(Selector.all().withTag("doubtful"))).isEqualTo(1);
			assertThat(caching.call("hello")).isEqualTo("answer 5");
			assertThat(caching.call("bye")).isEqualTo("answer 2");
		}

	}

	@Nested
	@DisplayName("Others")
	class Others {

		@Test
		@DisplayName("OmniRoute 12885: truncated answers are stored")
		void aTruncatedAnswerIsStored() {
			CachingChatModel caching = caching(answering(Answers.of(new AssistantMessage("An answ"), "LENGTH")))
				.build();
			caching.call(PROMPT);
			caching.stream(PROMPT).blockLast();
			assertThat(store.stats().entries()).isZero();
			assertThat(listener.events()).contains("reject:incomplete").doesNotContain("hit");
		}

		@Test
		@DisplayName("DSPy 8091: memory grows for ever")
		void memoryGrowsForEver() {
			CaffeineCacheStore small = CaffeineCacheStore.builder()
				.maximumWeight(20_000)
				.executor(Runnable::run)
				.build();
			CachingChatModel caching = caching(model).store(small).build();
			for (int i = 0; i < 2_000; i++) {
				caching.call("question " + i);
			}
			assertThat(small.stats().entries()).isLessThan(100);
			assertThat(caching.underWay()).isZero();
		}

		@Test
		@DisplayName("RedisVL 603: a sliding time to live keeps stale answers alive")
		void aHitKeepsAStaleAnswerAlive() {
			for (int hour = 0; hour < 24; hour++) {
				assertThat(caching.call("hello")).isEqualTo("answer 1");
				clock.advance(Duration.ofHours(1));
			}
			assertThat(caching.call("hello")).isEqualTo("answer 2");
		}

		@Test
		@DisplayName("Koog: two questions whose 31-bit hashes are equal share an answer")
		void twoQuestionsWithTheSameHashCodeShareAnAnswer() {
			assertThat("What is Aa?").hasSameHashCodeAs("What is BB?");
			assertApart(List.of(new UserMessage("What is Aa?")), List.of(new UserMessage("What is BB?")));
		}

		@Test
		@DisplayName("semantic-router 1448, wso2 733: a tenant inside the text is no isolation")
		void oneTenantGetsTheAnswerOfAnother() {
			assertThat(CacheControl.scope("a").call(() -> caching.call("hello"))).isEqualTo("answer 1");
			assertThat(CacheControl.scope("b").call(() -> caching.call("hello"))).isEqualTo("answer 2");
			assertThat(caching.call("hello")).isEqualTo("answer 3");
		}

		@Test
		@DisplayName("RedisVL 684 and 182: nobody hears of hits and misses")
		void nobodyHearsOfHitsAndMisses() {
			caching.call("hello");
			caching.call("hello");
			assertThat(listener.events()).containsExactly("store", "miss", "hit");
		}

	}

	private void assertApart(List<Message> one, List<Message> other) {
		assertApart(new Prompt(one), new Prompt(other));
	}

	private void assertApart(ChatOptions one, ChatOptions other) {
		assertApart(new Prompt("hello", one), new Prompt("hello", other));
	}

	/**
	 * Neither gets the answer of the other, and each gets his own again.
	 */
	private void assertApart(Prompt one, Prompt other) {
		this.store.evict(Selector.all());
		String first = text(this.caching.call(one));
		String second = text(this.caching.call(other));
		assertThat(second).isNotEqualTo(first);
		assertThat(text(this.caching.call(one))).isEqualTo(first);
		assertThat(text(this.caching.call(other))).isEqualTo(second);
	}

	private StoredEntry onlyEntry() {
		List<StoredEntry> entries = this.store.scan(Selector.all(), null, 10).entries();
		assertThat(entries).hasSize(1);
		return entries.get(0);
	}

	private CachingChatModel.Builder caching(CountingChatModel model) {
		return CachingChatModel.builder(model).name("chat").store(this.store).clock(this.clock).listener(this.listener);
	}

	private static CountingChatModel answering(ChatResponse answer) {
		return new CountingChatModel((call) -> answer);
	}

	private static ChatResponse generations(int count) {
		List<Generation> generations = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			generations.add(CountingChatModel.answer(Integer.toString(i)).getResult());
		}
		return new ChatResponse(generations);
	}

	private static OpenAiChatOptions.Builder openAi() {
		return OpenAiChatOptions.builder().model("gpt");
	}

	private static Message picture(Object data) {
		Media media = (data instanceof URI uri) ? new Media(MimeTypeUtils.IMAGE_PNG, uri)
				: new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource((byte[]) data));
		return UserMessage.builder().text("What is this?").media(media).build();
	}

	private static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
