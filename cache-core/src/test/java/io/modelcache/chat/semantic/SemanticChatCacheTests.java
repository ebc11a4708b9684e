package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.ModelCacheManager;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.MeaningModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link SemanticChatCache}.
 */
class SemanticChatCacheTests {

	private static final String QUESTION = "How do I open a savings account?";

	private static final String OTHER = "What must I do to get a savings account?";

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final CountingChatModel model = new CountingChatModel();

	private final MeaningModel meaning = new MeaningModel().near(QUESTION, OTHER, 0.97);

	private final CacheStore store = CaffeineCacheStore.builder().clock(this.clock).executor(Runnable::run).build();

	private final EmbeddedSemanticIndex index = EmbeddedSemanticIndex.builder().clock(this.clock).build();

	private final SemanticCaching semantic = settings().build();

	private final CachingChatModel caching = caching(this.semantic).build();

	@Test
	void aSimilarQuestionGetsTheAnswerOfTheFirst() {
		assertThat(ask(QUESTION)).isEqualTo("answer 1");
		ChatResponse response = this.caching.call(new Prompt(OTHER));
		assertThat(text(response)).isEqualTo("answer 1");
		CacheStatus status = CacheStatus.of(response);
		assertThat(status.hit()).isTrue();
		assertThat(status.layer()).isEqualTo("semantic");
		assertThat(status.similarity()).isCloseTo(0.97, within(1e-4));
		assertThat(this.model.calls()).isEqualTo(1);
	}

	@Test
	void aQuestionIsEmbeddedOnceAndAKnownWordingNotAtAll() {
		ask(QUESTION);
		assertThat(this.meaning.requests()).containsExactly(List.of(QUESTION));
		ask(OTHER);
		assertThat(this.meaning.requests()).hasSize(2);
		assertThat(layer(OTHER)).isEqualTo("alias");
		assertThat(layer(QUESTION)).isEqualTo("store");
		assertThat(layer("  " + QUESTION + " ")).isEqualTo("canonical");
		assertThat(this.meaning.requests()).hasSize(2);
	}

	@Test
	void aQuestionThatIsTooFarIsAsked() {
		this.meaning.near(QUESTION, "How do I close a savings account?", 0.7);
		ask(QUESTION);
		assertThat(ask("How do I close a savings account?")).isEqualTo("answer 2");
	}

	@Test
	void ofSeveralTheNearestAnswers() {
		this.meaning.near(QUESTION, "Is there a savings account?", 0.5);
		ask(QUESTION);
		ask("Is there a savings account?");
		assertThat(ask(OTHER)).isEqualTo("answer 1");
	}

	@Test
	void scopeSystemTextHistoryModelAndVariantKeepQuestionsApartHoweverSimilar() {
		CachingChatModel any = caching(settings().guarded(false).threshold(-1.0).maxTurns(9).build()).build();
		UserMessage question = new UserMessage(QUESTION);
		List<Prompt> prompts = List.of(new Prompt(question), new Prompt(new SystemMessage("Be kind."), question),
				new Prompt(new SystemMessage("Be brief."), question),
				new Prompt(new UserMessage("Hello"), new AssistantMessage("Hi"), question),
				new Prompt(new UserMessage("Hello"), new AssistantMessage("Ho"), question),
				new Prompt(List.of(question), ChatOptions.builder().model("other").build()),
				new Prompt(List.of(question), ChatOptions.builder().model("test").temperature(0.1).build()));
		int expected = 0;
		for (Prompt prompt : prompts) {
			assertThat(text(any.call(prompt))).isEqualTo("answer " + ++expected);
		}
		assertThat(text(CacheControl.scope("a").call(() -> any.call(new Prompt(question)))))
			.isEqualTo("answer " + ++expected);
		assertThat(text(CacheControl.variant("b").call(() -> any.call(new Prompt(question)))))
			.isEqualTo("answer " + ++expected);
		for (Prompt prompt : prompts) {
			assertThat(text(any.call(withQuestion(prompt, "How many legs does a spider have?"))))
				.isEqualTo("answer " + (prompts.indexOf(prompt) + 1));
		}
	}

	@Test
	void aModelThatIsMadeAgainAndAgainIsRememberedOnce() {
		CountedNews store = new CountedNews(this.store);
		for (int i = 0; i < 10; i++) {
			caching(this.semantic).store(store).build();
		}
		assertThat(store.listeners()).hasValue(1);
		CacheStatus status = CacheStatus.of(answerOnceMade(store, QUESTION));
		assertThat(status.stored()).isTrue();
		CacheStatus similar = CacheStatus.of(answerOnceMade(store, OTHER));
		assertThat(similar.layer()).isEqualTo("semantic");
		assertThat(this.semantic.questionBehind(similar)).isEqualTo(QUESTION);
		assertThat(this.semantic.reportWrong(similar)).isTrue();
	}

	@Test
	void missedNewsDoesNotEmptyTheIndexButAClearedStoreDoes() {
		CountedNews store = new CountedNews(this.store);
		caching(this.semantic).store(store).build().call(new Prompt(QUESTION));
		store.latest().missed();
		assertThat(this.index.size()).isEqualTo(1);
		store.latest().cleared(Selector.all());
		assertThat(this.index.size()).isZero();
	}

	@Test
	void newsDoesNotWaitForAnIndexElsewhere() {
		CountedNews store = new CountedNews(this.store);
		List<Runnable> later = new ArrayList<>();
		SemanticCaching layer = settings().index(new SharedIndex(this.index)).build();
		caching(layer).store(store).refreshExecutor(later::add).build().call(new Prompt(QUESTION));
		store.latest().cleared(Selector.all());
		assertThat(this.index.size()).isEqualTo(1);
		later.forEach(Runnable::run);
		assertThat(this.index.size()).isZero();
	}

	/**
	 * The queue of writes of another instance may bring it yet.
	 */
	@Test
	void anAnswerThatIsNotThereYetIsLeftInASharedIndexForAMinute() {
		CacheStore store = CaffeineCacheStore.builder().clock(this.clock).executor(Runnable::run).build();
		SemanticCaching layer = settings().index(new SharedIndex(this.index)).build();
		CachingChatModel model = caching(layer).store(new HookedStore(store, false)).build();
		model.call(new Prompt(QUESTION));
		List<StoredEntry> late = store.scan(Selector.all(), null, 10).entries();
		store.evict(Selector.all());
		CacheControl.noStore().call(() -> model.call(new Prompt(OTHER)));
		assertThat(this.index.size()).isEqualTo(1);
		store.putAll(late);
		assertThat(CacheStatus.of(CacheControl.noStore().call(() -> model.call(new Prompt(OTHER)))).layer())
			.isEqualTo("semantic");
		store.evict(Selector.all());
		this.clock.advance(Duration.ofMinutes(1));
		CacheControl.noStore().call(() -> model.call(new Prompt(OTHER)));
		assertThat(this.index.size()).isZero();
	}

	@Test
	void theVectorsOfQuestionsAreKeptEvenIfAnswersMustBeSmall() {
		MeaningModel wide = new MeaningModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				return new EmbeddingResponse(List.of(new Embedding(wideVector(), 0)));
			}

		};
		CachingChatModel model = caching(SemanticCaching.builder(wide, "wide").index(this.index).build())
			.store(new HookedStore(this.store, true))
			.maxEntrySize(8 * 1024)
			.build();
		model.call(new Prompt(QUESTION));
		assertThat(CacheStatus.of(model.call(new Prompt(QUESTION + " "))).layer()).isEqualTo("canonical");
	}

	private static float[] wideVector() {
		float[] vector = new float[3072];
		vector[0] = 1;
		return vector;
	}

	@Test
	void theQuestionBehindARecentAnswerIsKnownWhileAnotherModelsStoreIsDown() {
		HookedStore shaky = new HookedStore(this.store, true);
		for (int i = 0; i < 10; i++) {
			caching(this.semantic).name("other" + i).store(shaky).build();
		}
		CachingChatModel model = caching(this.semantic).name("this").build();
		model.call(new Prompt(QUESTION));
		CacheStatus status = CacheStatus.of(model.call(new Prompt(OTHER)));
		shaky.beforeRead(() -> {
			throw new IllegalStateException("down");
		});
		assertThat(this.semantic.questionBehind(status)).isEqualTo(QUESTION);
	}

	private ChatResponse answerOnceMade(CacheStore store, String question) {
		return caching(this.semantic).store(store).build().call(new Prompt(question));
	}

	@Test
	void aModelOfAnotherNameHasPartitionsOfItsOwnInTheSameIndex() {
		SemanticCaching any = settings().guarded(false).threshold(-1.0).build();
		CachingChatModel one = caching(any).name("one").build();
		CachingChatModel two = caching(any).name("two").build();
		assertThat(text(one.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(two.call(new Prompt(OTHER)))).isEqualTo("answer 2");
	}

	@Test
	void anotherEmbeddingModelStartsAnew() {
		ask(QUESTION);
		CachingChatModel renamed = caching(
				SemanticCaching.builder(this.meaning, "new").index(this.index).threshold(-1.0).guarded(false).build())
			.build();
		assertThat(text(renamed.call(new Prompt(OTHER)))).isEqualTo("answer 2");
	}

	@Test
	void toolsMediaAndHistoriesAreExactOnly() {
		ChatOptions tools = ToolCallingChatOptions.builder()
			.toolCallbacks(FunctionToolCallback.builder("now", () -> "noon").description("The time").build())
			.build();
		Media picture = Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(new byte[] { 1 }).build();
		this.caching.call(new Prompt(List.of(new UserMessage(QUESTION)), tools));
		this.caching.call(new Prompt(UserMessage.builder().text(QUESTION).media(picture).build()));
		this.caching.call(new Prompt(new UserMessage("Hello"), new AssistantMessage("Hi"), new UserMessage(QUESTION)));
		this.caching.call(new Prompt(new UserMessage(QUESTION), new AssistantMessage("Hi")));
		assertThat(this.listener.events()).containsSubsequence("exact-only:tools", "exact-only:media",
				"exact-only:history", "exact-only:shape");
		assertThat(this.meaning.requests()).isEmpty();
		assertThat(this.index.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "throws", "zero", "not a number", "null" })
	void whatIsWrongWithTheEmbeddingModelLeavesTheExactCacheAtWork(String fault) {
		MeaningModel broken = new MeaningModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				if (fault.equals("throws")) {
					throw new IllegalStateException("down");
				}
				return super.call(request);
			}

			@Override
			public float[] vector(String text) {
				return switch (fault) {
					case "zero" -> new float[8];
					case "not a number" -> new float[] { 1, Float.NaN };
					default -> null;
				};
			}

		};
		CachingChatModel model = caching(SemanticCaching.builder(broken, "broken").index(this.index).build()).build();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(CacheStatus.of(model.call(new Prompt(QUESTION + " "))).layer()).isEqualTo("canonical");
		assertThat(this.listener.events()).contains("failure:EMBED");
	}

	@Test
	void aBrokenIndexLeavesTheRestAtWork() {
		SemanticCaching broken = SemanticCaching.builder(this.meaning, "test").index(new BrokenIndex(false)).build();
		CachingChatModel model = caching(broken).build();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
		assertThat(this.listener.events()).contains("failure:INDEX");
	}

	@Test
	void anIndexElsewhereIsLeftAloneForAWhileAfterAFailure() {
		BrokenIndex broken = new BrokenIndex(true);
		CachingChatModel model = caching(SemanticCaching.builder(this.meaning, "test").index(broken).build()).build();
		model.call(new Prompt(QUESTION));
		model.call(new Prompt(OTHER));
		assertThat(broken.searches()).isEqualTo(1);
		assertThat(this.listener.events()).containsOnlyOnce("failure:INDEX");
		this.clock.advance(Duration.ofSeconds(10));
		model.call(new Prompt("Is there an account for children?"));
		assertThat(broken.searches()).isEqualTo(2);
	}

	@Test
	void anIndexThatGivesNothingAtAllDoesNotFailACall() {
		SemanticIndex nothing = new BrokenIndex(false) {

			@Override
			public List<Match> nearest(Fingerprint partition, float[] vector, int limit) {
				return null;
			}

		};
		CachingChatModel model = caching(SemanticCaching.builder(this.meaning, "test").index(nothing).build()).build();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(this.listener.events()).contains("failure:INDEX");
	}

	@Test
	void whatBreaksWhileASimilarQuestionIsLookedForDoesNotFailACall() {
		CachingChatModel model = caching(settings().shadowRate(1).dice(() -> {
			throw new IllegalStateException("broken");
		}).build()).build();
		model.call(new Prompt(QUESTION));
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
		assertThat(this.listener.events()).contains("failure:POLICY");
	}

	@Test
	void whatBreaksAfterAnAnswerWasStoredDoesNotFailACall() {
		AtomicInteger questions = new AtomicInteger();
		SemanticIndex breaking = new BrokenIndex(false) {

			@Override
			public boolean durable() {
				if (questions.incrementAndGet() > 1) {
					throw new IllegalStateException("broken");
				}
				return false;
			}

		};
		CachingChatModel model = caching(SemanticCaching.builder(this.meaning, "test").index(breaking).build()).build();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(questions).hasValue(2);
		assertThat(this.listener.events()).contains("failure:POLICY");
	}

	@Test
	void anEmbeddingModelThatHangsIsLeftAloneTenTimesAsLong() {
		assertThat(askedBy(Duration.ofSeconds(2), Duration.ZERO)).isEqualTo(1);
		assertThat(askedBy(Duration.ofSeconds(2), Duration.ofMillis(19_999))).isEqualTo(1);
		assertThat(askedBy(Duration.ofSeconds(2), Duration.ofSeconds(20))).isEqualTo(2);
	}

	@Test
	void anEmbeddingModelIsLeftAloneForAMinuteAtMost() {
		assertThat(askedBy(Duration.ofHours(1), Duration.ofSeconds(59))).isEqualTo(1);
		assertThat(askedBy(Duration.ofHours(1), Duration.ofSeconds(60))).isEqualTo(2);
	}

	@Test
	void anEmbeddingModelThatFailsAtOnceIsAskedAgain() {
		assertThat(askedBy(Duration.ZERO, Duration.ZERO)).isEqualTo(2);
	}

	/**
	 * Ask two questions with an embedding model that fails.
	 * @param patience how long each failure takes
	 * @param pause the time between the questions
	 * @return how often the embedding model was asked
	 */
	private int askedBy(Duration patience, Duration pause) {
		AtomicInteger asked = new AtomicInteger();
		MeaningModel down = new MeaningModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				asked.incrementAndGet();
				SemanticChatCacheTests.this.clock.advance(patience);
				throw new IllegalStateException("down");
			}

		};
		CachingChatModel model = caching(SemanticCaching.builder(down, "down").index(this.index).build())
			.store(CaffeineCacheStore.builder().clock(this.clock).executor(Runnable::run).build())
			.build();
		model.call(new Prompt(QUESTION));
		this.clock.advance(pause);
		model.call(new Prompt(OTHER));
		return asked.get();
	}

	@Test
	void aStoreThatCannotBeReadForAWhileLosesNothingOfTheIndex() {
		HookedStore shaky = new HookedStore(this.store, true);
		CachingChatModel model = caching(this.semantic).store(shaky).build();
		model.call(new Prompt(QUESTION));
		shaky.beforeRead(() -> {
			throw new IllegalStateException("down");
		});
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
		shaky.beforeRead(() -> {
		});
		String third = "What is needed to open a savings account?";
		this.meaning.near(QUESTION, third, 0.98);
		assertThat(text(model.call(new Prompt(third)))).isEqualTo("answer 1");
	}

	@Test
	void theQuestionBehindAnAnswerToTheSameQuestionIsNotSearchedFor() {
		HookedStore shaky = new HookedStore(this.store, true);
		CachingChatModel model = caching(this.semantic).store(shaky).build();
		model.call(new Prompt(QUESTION));
		CacheStatus exact = CacheStatus.of(model.call(new Prompt(QUESTION)));
		shaky.beforeRead(() -> {
			throw new IllegalStateException("read");
		});
		assertThat(this.semantic.questionBehind(exact)).isNull();
		assertThat(this.semantic.reportWrong(exact)).isFalse();
	}

	@Test
	void aBrokenStoreIsNotNoticed() {
		CachingChatModel model = CachingChatModel.builder(this.model)
			.store(BrokenStore.throwing(() -> new IllegalStateException("down")))
			.listener(this.listener)
			.cacheLayer(this.semantic)
			.build();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 1");
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
	}

	@Test
	void anAnswerThatHasGoneIsNotGivenAndItsVectorGoesToo() {
		ask(QUESTION);
		ask(OTHER);
		assertThat(this.index.size()).isEqualTo(1);
		this.store.evict(Selector.all().withBean("CountingChatModel"));
		assertThat(this.index.size()).isZero();
		assertThat(ask(OTHER)).isEqualTo("answer 2");
		assertThat(ask(QUESTION)).isEqualTo("answer 2");
	}

	@Test
	void clearingAModelLeavesNothingOfItsWordings() {
		ask(QUESTION);
		ask(OTHER);
		ModelCacheManager manager = new ModelCacheManager(() -> List.of(this.store));
		assertThat(manager.clear("CountingChatModel")).isEqualTo(1);
		assertThat(this.store.scan(Selector.all(), null, 10).entries()).isEmpty();
	}

	@Test
	void anAnswerServesSimilarQuestionsForItsOwnTime() {
		ask(QUESTION);
		this.clock.advance(Duration.ofMinutes(59));
		CacheStatus status = CacheStatus.of(this.caching.call(new Prompt(OTHER)));
		assertThat(status.ttl()).isEqualTo(Duration.ofMinutes(1));
		assertThat(status.age()).isEqualTo(Duration.ofMinutes(59));
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(ask(OTHER)).isEqualTo("answer 2");
	}

	@Test
	void aStaleAnswerIsRenewedNotReplacedByASimilarOne() {
		CachingChatModel model = caching(this.semantic).staleRetention(Duration.ofHours(1)).build();
		model.call(new Prompt(QUESTION));
		this.clock.advance(Duration.ofMinutes(61));
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 3");
	}

	@Test
	void directivesCountForSimilarQuestionsToo() {
		ask(QUESTION);
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(text(CacheControl.noCache().call(() -> this.caching.call(new Prompt(OTHER))))).isEqualTo("answer 2");
		assertThat(ask(OTHER)).isEqualTo("answer 2");
		assertThat(text(
				CacheControl.maxAge(Duration.ofMinutes(5)).call(() -> this.caching.call(new Prompt(" " + QUESTION)))))
			.isEqualTo("answer 3");
		assertThat(text(CacheControl.onlyIfCached().call(() -> this.caching.call(new Prompt("\t" + QUESTION)))))
			.isEqualTo("answer 3");
	}

	@Test
	void aCallThatStoresNothingLeavesNoWording() {
		ask(QUESTION);
		long before = this.store.stats().entries();
		assertThat(text(CacheControl.noStore().call(() -> this.caching.call(new Prompt(OTHER))))).isEqualTo("answer 1");
		assertThat(this.store.stats().entries()).isEqualTo(before);
	}

	@Test
	void streamsAndCallsShareWhatIsSimilar() {
		ask(QUESTION);
		List<ChatResponse> chunks = this.caching.stream(new Prompt(OTHER)).collectList().block();
		assertThat(chunks).isNotEmpty();
		CacheStatus status = CacheStatus.of(chunks.get(chunks.size() - 1));
		assertThat(status.layer()).isEqualTo("semantic");
		assertThat(this.model.calls()).isEqualTo(1);
		this.caching.stream(new Prompt("Where is the nearest branch?")).blockLast();
		assertThat(layer(" Where is the nearest branch?")).isEqualTo("canonical");
	}

	@Test
	void aWrongAnswerThatIsReportedIsNotGivenAgain() {
		ask(QUESTION);
		CacheStatus status = CacheStatus.of(this.caching.call(new Prompt(OTHER)));
		assertThat(this.semantic.questionBehind(status)).isEqualTo(QUESTION);
		assertThat(this.semantic.reportWrong(status)).isTrue();
		assertThat(ask(QUESTION)).isEqualTo("answer 2");
		ChatResponse other = this.caching.call(new Prompt(OTHER));
		assertThat(text(other)).isEqualTo("answer 3");
		assertThat(CacheStatus.of(other).detail()).isEqualTo("refused-reported");
		assertThat(CacheStatus.of(other).similarity()).isCloseTo(0.97, within(1e-4));
	}

	@Test
	void aReportOfAnAnswerThatIsLongForgottenFindsItInTheStore() {
		ask(QUESTION);
		CacheStatus status = CacheStatus.of(this.caching.call(new Prompt(OTHER)));
		SemanticCaching restarted = settings().build();
		CachingChatModel model = caching(restarted).build();
		assertThat(restarted.reportWrong(status)).isTrue();
		assertThat(text(model.call(new Prompt(QUESTION)))).isEqualTo("answer 2");
		assertThat(restarted.reportWrong(CacheStatus.bypass("x"))).isFalse();
	}

	@Test
	void anAliasOfAnAnswerThatWasRenewedIsForgotten() {
		ask(QUESTION);
		ask(OTHER);
		this.clock.advance(Duration.ofSeconds(1));
		CacheControl.noCache().call(() -> this.caching.call(new Prompt(QUESTION)));
		assertThat(layer(OTHER)).isEqualTo("semantic");
		assertThat(ask(OTHER)).isEqualTo("answer 2");
	}

	@Test
	void aVerifierHasTheLastWord() {
		CachingChatModel model = caching(settings().verifier((candidate) -> {
			assertThat(candidate.asked()).isEqualTo(OTHER);
			assertThat(candidate.cached()).isEqualTo(QUESTION);
			assertThat(text(candidate.answer())).isEqualTo("answer 1");
			return false;
		}).build()).build();
		model.call(new Prompt(QUESTION));
		ChatResponse other = model.call(new Prompt(OTHER));
		assertThat(text(other)).isEqualTo("answer 2");
		assertThat(CacheStatus.of(other).detail()).isEqualTo("refused-verifier");
		assertThat(this.listener.events()).contains("refusal:verifier");
	}

	@Test
	void aVerifierThatThrowsHasNotAgreed() {
		CachingChatModel model = caching(settings().verifier((candidate) -> {
			throw new IllegalStateException("down");
		}).build()).build();
		model.call(new Prompt(QUESTION));
		assertThat(text(model.call(new Prompt(OTHER)))).isEqualTo("answer 2");
		assertThat(this.listener.events()).contains("failure:POLICY");
	}

	@Test
	void anAnswerThatIsNotKeptLeavesNothingInTheIndex() {
		CachingChatModel model = caching(this.semantic).maxEntrySize(8).build();
		assertThat(CacheStatus.of(model.call(new Prompt(QUESTION))).stored()).isFalse();
		assertThat(this.index.size()).isZero();
		assertThat(this.meaning.requests()).hasSize(1);
	}

	@Test
	void theQuestionIsStoredOnlyWithAnswersThatOthersMayGet() {
		ask(QUESTION);
		this.caching.call(new Prompt(new UserMessage("secret"), new AssistantMessage("Hi"), new UserMessage("secret")));
		assertThat(this.store.scan(Selector.all().withBean("CountingChatModel"), null, 10).entries())
			.extracting((entry) -> String.valueOf(entry.question()))
			.containsExactlyInAnyOrder(QUESTION, "null");
	}

	@Test
	void aFirstQuestionIsAMiss() {
		CacheStatus status = CacheStatus.of(this.caching.call(new Prompt(QUESTION)));
		assertThat(status.forward()).isEqualTo(Forward.MISS);
		assertThat(status.stored()).isTrue();
		assertThat(status.similarity()).isNull();
		assertThat(this.listener.events()).containsExactly("embedded:1", "store", "miss");
	}

	private SemanticCaching.Builder settings() {
		return SemanticCaching.builder(this.meaning, "test")
			.index(this.index)
			.guarded(false)
			.rules(new SemanticRules(Set.of("en"), 100, Set.of()));
	}

	private CachingChatModel.Builder caching(SemanticCaching layer) {
		return CachingChatModel.builder(this.model)
			.store(this.store)
			.ttl(Duration.ofHours(1))
			.clock(this.clock)
			.listener(this.listener)
			.refreshExecutor(Runnable::run)
			.cacheLayer(layer);
	}

	private String ask(String question) {
		return text(this.caching.call(new Prompt(question)));
	}

	private String layer(String question) {
		return String.valueOf(CacheStatus.of(this.caching.call(new Prompt(question))).layer());
	}

	private static Prompt withQuestion(Prompt prompt, String question) {
		List<org.springframework.ai.chat.messages.Message> messages = new java.util.ArrayList<>(
				prompt.getInstructions());
		messages.set(messages.size() - 1, new UserMessage(question));
		return new Prompt(messages, prompt.getOptions());
	}

	private static String text(ChatResponse response) {
		return String.valueOf(response.getResult().getOutput().getText());
	}

}
