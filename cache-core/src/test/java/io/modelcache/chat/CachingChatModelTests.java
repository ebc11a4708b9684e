package io.modelcache.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheDecision;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link CachingChatModel}.
 */
class CachingChatModelTests {

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final CountingChatModel model = new CountingChatModel();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().clock(this.clock).build();

	private final CachingChatModel caching = caching(this.model).build();

	@Test
	void theSecondCallIsAnsweredFromTheCache() {
		ChatResponse first = this.caching.call(new Prompt("hello"));
		ChatResponse second = this.caching.call(new Prompt("hello"));
		assertThat(text(second)).isEqualTo(text(first)).isEqualTo("answer 1");
		assertThat(this.model.calls()).isEqualTo(1);
		assertThat(CacheStatus.of(first).forward()).isEqualTo(Forward.MISS);
		assertThat(CacheStatus.of(first).stored()).isTrue();
		assertThat(CacheStatus.of(second).hit()).isTrue();
		assertThat(CacheStatus.of(second).key()).isEqualTo(CacheStatus.of(first).key());
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
	}

	@Test
	void anotherQuestionIsAnotherEntry() {
		assertThat(text(this.caching.call(new Prompt("one")))).isEqualTo("answer 1");
		assertThat(text(this.caching.call(new Prompt("two")))).isEqualTo("answer 2");
		assertThat(text(this.caching.call(new Prompt(new UserMessage("one"), new UserMessage("two")))))
			.isEqualTo("answer 3");
	}

	@Test
	void theShortFormsAreCachedToo() {
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
		assertThat(this.caching.call(new UserMessage("hello"))).isEqualTo("answer 1");
	}

	@Test
	void theModelsOwnOptionsCountWhereThePromptHasNone() {
		this.caching.call(new Prompt("hello"));
		this.model.options(ChatOptions.builder().model("other").build());
		assertThat(text(this.caching.call(new Prompt("hello")))).isEqualTo("answer 2");
		ChatOptions original = ChatOptions.builder().model("test").build();
		assertThat(text(this.caching.call(new Prompt("hello", original)))).isEqualTo("answer 1");
	}

	@Test
	void anAnswerExpires() {
		this.caching.call(new Prompt("hello"));
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(CacheStatus.of(this.caching.call(new Prompt("hello"))).ttl()).isEqualTo(Duration.ofMinutes(1));
		this.clock.advance(Duration.ofMinutes(1));
		ChatResponse late = this.caching.call(new Prompt("hello"));
		assertThat(text(late)).isEqualTo("answer 2");
		assertThat(CacheStatus.of(late).forward()).isEqualTo(Forward.STALE);
	}

	@Test
	void aHitDoesNotExtendTheTime() {
		this.caching.call(new Prompt("hello"));
		for (int i = 0; i < 3; i++) {
			this.clock.advance(Duration.ofMinutes(19));
			this.caching.call(new Prompt("hello"));
		}
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(text(this.caching.call(new Prompt("hello")))).isEqualTo("answer 2");
	}

	@Test
	void whatACallerDoesToAnAnswerReachesNobodyElse() {
		this.caching.call(new Prompt("hello")).getResult().getOutput().getMetadata().put("mine", "first");
		this.caching.call(new Prompt("hello")).getResult().getOutput().getMetadata().put("mine", "second");
		assertThat(this.caching.call(new Prompt("hello")).getResult().getOutput().getMetadata())
			.doesNotContainKey("mine");
	}

	@Test
	void namespaceNameAndModelIdKeepModelsApart() {
		this.caching.call(new Prompt("hello"));
		assertThat(text(caching(this.model).namespace("v2").build().call(new Prompt("hello")))).isEqualTo("answer 2");
		assertThat(text(caching(this.model).name("other").build().call(new Prompt("hello")))).isEqualTo("answer 3");
		assertThat(text(caching(this.model).modelId("m").build().call(new Prompt("hello")))).isEqualTo("answer 4");
		assertThat(text(caching(this.model).modelId("m").name("other").build().call(new Prompt("hello"))))
			.isEqualTo("answer 4");
	}

	@Test
	void aNullPromptIsTheModelsAffair() {
		ChatModel picky = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				throw new IllegalArgumentException((prompt == null) ? "no prompt" : "a prompt");
			}

		};
		assertThatThrownBy(() -> caching(picky).build().call((Prompt) null))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("no prompt");
	}

	@Test
	void anEmptyPromptIsTheModelsAffair() {
		assertThat(text(this.caching.call(new Prompt(List.of())))).isEqualTo("answer 1");
		assertThat(text(this.caching.call(new Prompt(List.of())))).isEqualTo("answer 2");
		assertThat(this.listener.events()).containsExactly("bypass:empty-prompt", "bypass:empty-prompt");
	}

	@Test
	void aModelThatAnswersNullDoesSoStill() {
		CachingChatModel caching = caching(new CountingChatModel((call) -> null)).build();
		assertThat(caching.call(new Prompt("hello"))).isNull();
		assertThat(caching.call(new Prompt(List.of()))).isNull();
	}

	@Test
	void aModelThatFailsFailsAsWithoutACache() {
		IllegalStateException failure = new IllegalStateException("no money");
		CountingChatModel failing = new CountingChatModel((call) -> {
			throw failure;
		});
		CachingChatModel caching = caching(failing).build();
		assertThatIllegalStateException().isThrownBy(() -> caching.call(new Prompt("hello"))).isSameAs(failure);
		assertThatIllegalStateException().isThrownBy(() -> caching.call(new Prompt("hello"))).isSameAs(failure);
		assertThat(failing.calls()).isEqualTo(2);
	}

	@Test
	void aBrokenStoreFailsNoCall() {
		for (CacheStore broken : List.of(BrokenStore.throwing(() -> new IllegalStateException("down")),
				BrokenStore.throwing(() -> new NoClassDefFoundError("gone")), BrokenStore.returningNull())) {
			CountingChatModel model = new CountingChatModel();
			CachingChatModel caching = caching(model).store(broken).build();
			assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 1");
			assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 2");
		}
	}

	@Test
	void aModelWhoseOptionsFailIsAskedWithoutTheCache() {
		CachingChatModel caching = caching(new CountingChatModel() {

			@Override
			public ChatOptions getOptions() {
				throw new IllegalStateException("not configured");
			}

		}).build();
		assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 1");
		assertThat(this.listener.events()).containsExactly("failure:POLICY", "bypass:failed");
	}

	@Test
	void whatHasNoFaithfulKeyGoesToTheModelAndTheFieldIsNamed() {
		OpenAiChatOptions options = OpenAiChatOptions.builder().extraBody(Map.of("key", new Object())).build();
		ChatResponse response = this.caching.call(new Prompt("hello", options));
		assertThat(CacheStatus.of(response).forward()).isEqualTo(Forward.BYPASS);
		assertThat(CacheStatus.of(response).detail()).isEqualTo("unrepresentable:options.extraBody.value");
	}

	@Test
	void anAnswerThatWasCutShortIsNotKept() {
		CountingChatModel model = new CountingChatModel((call) -> {
			ChatResponse complete = CountingChatModel.answer("answer " + call);
			return Answers.withFinishReason(complete, "LENGTH");
		});
		CachingChatModel caching = caching(model).build();
		assertThat(CacheStatus.of(caching.call(new Prompt("hello"))).detail()).isEqualTo("incomplete");
		assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 2");
		assertThat(this.listener.events()).containsExactly("reject:incomplete", "miss", "reject:incomplete", "miss");
	}

	@Test
	void aPolicyMayRefuseQuestions() {
		CachingChatModel caching = caching(this.model).policy(new ChatCachePolicy() {

			@Override
			public CacheDecision beforeLookup(Prompt prompt, @Nullable ChatOptions options) {
				return prompt.getContents().contains("today") ? CacheDecision.refuse("volatile")
						: CacheDecision.allow();
			}

		}).build();
		caching.call(new Prompt("What is the weather today?"));
		caching.call(new Prompt("What is weather?"));
		assertThat(this.listener.events()).containsExactly("bypass:volatile", "store", "miss");
	}

	@Test
	void aPolicyMayRefuseAnswers() {
		CachingChatModel caching = caching(this.model).policy(new ChatCachePolicy() {

			@Override
			public CacheDecision beforeStore(Prompt prompt, ChatResponse response) {
				return CacheDecision.refuse("personal");
			}

		}).build();
		caching.call(new Prompt("hello"));
		assertThat(this.listener.events()).containsExactly("reject:personal", "miss");
	}

	@Test
	void aPolicyThatFailsIsARefusal() {
		CachingChatModel caching = caching(this.model).policy(new ChatCachePolicy() {

			@Override
			public CacheDecision beforeStore(Prompt prompt, ChatResponse response) {
				throw new IllegalStateException("broken");
			}

		}).build();
		assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 1");
		assertThat(this.listener.events()).containsExactly("failure:POLICY", "reject:policy-failed", "miss");
	}

	@Test
	void aCallThatAsksForVarietyBypassesTheCacheIfToldTo() {
		CachingChatModel caching = caching(this.model).nonDeterministic(NonDeterministic.BYPASS).build();
		Prompt warm = new Prompt("hello", ChatOptions.builder().temperature(0.7).build());
		assertThat(text(caching.call(warm))).isEqualTo("answer 1");
		assertThat(text(caching.call(warm))).isEqualTo("answer 2");
		Prompt cold = new Prompt("hello", ChatOptions.builder().temperature(0.0).build());
		assertThat(text(caching.call(cold))).isEqualTo("answer 3");
		assertThat(text(caching.call(cold))).isEqualTo("answer 3");
		assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 4");
		assertThat(text(caching.call(new Prompt("hello")))).isEqualTo("answer 4");
	}

	@Test
	void aResponseOfAClassOfItsOwnStaysWhatItIs() {
		ChatResponse special = new SpecialResponse(CountingChatModel.answer("special"));
		CachingChatModel caching = caching(new CountingChatModel((call) -> special)).build();
		assertThat(caching.call(new Prompt("hello"))).isSameAs(special);
	}

	@Test
	void theOptionsAreThoseOfTheModel() {
		OpenAiChatOptions options = OpenAiChatOptions.builder().model("gpt").build();
		this.model.options(options);
		assertThat(this.caching.getOptions()).isSameAs(options);
	}

	@Test
	@SuppressWarnings({ "removal", "deprecation" })
	void theDefaultOptionsAreThoseOfTheModel() {
		assertThat(this.caching.getDefaultOptions()).isSameAs(this.model.getOptions());
	}

	@Test
	void aBuilderWithoutAStoreSaysWhatToCall() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> CachingChatModel.builder(this.model).build())
			.withMessageContaining("call store(");
	}

	@Test
	void itTellsWhatItIsMadeOf() {
		assertThat(this.caching)
			.hasToString("CachingChatModel[chat, caffeine over io.modelcache.testing.CountingChatModel]");
		assertThat(this.caching.getDelegate()).isSameAs(this.model);
		assertThat(this.caching.getSettings().ttl()).isEqualTo(Duration.ofHours(1));
	}

	private CachingChatModel.Builder caching(ChatModel model) {
		return CachingChatModel.builder(model)
			.name("chat")
			.layer("caffeine")
			.store(this.store)
			.clock(this.clock)
			.listener(this.listener)
			.ttl(Duration.ofHours(1));
	}

	private static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	/**
	 * A response that knows more than its superclass.
	 */
	private static final class SpecialResponse extends ChatResponse {

		SpecialResponse(ChatResponse response) {
			super(response.getResults(), ChatResponseMetadata.builder().build());
		}

	}

}
