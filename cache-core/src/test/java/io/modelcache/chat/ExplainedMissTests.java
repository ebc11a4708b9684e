package io.modelcache.chat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.modelcache.CacheControl;
import io.modelcache.CacheDirectives;
import io.modelcache.CacheListener;
import io.modelcache.CacheScope;
import io.modelcache.CacheStatus;
import io.modelcache.EntryTerms;
import io.modelcache.FailureReport;
import io.modelcache.MissExplanation;
import io.modelcache.ModelCache;
import io.modelcache.key.KeyHash;
import io.modelcache.store.Selector;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a miss says what it differs in from recent requests.
 */
class ExplainedMissTests {

	private static final SystemMessage SYSTEM = new SystemMessage("Be brief.");

	private final CaffeineCacheStore store = CaffeineCacheStore.ofMaximumWeight(1_000_000);

	private final CachingChatModel model = builder().explain(true).build();

	@Test
	void withoutBeingAskedForNothingIsExplained() {
		CachingChatModel silent = builder().build();
		silent.call(new Prompt("one"));
		assertThat(CacheStatus.of(silent.call(new Prompt("two"))).explanation()).isNull();
	}

	@Test
	void theFirstRequestHasNothingToBeComparedWith() {
		assertThat(ask(new Prompt("one")).explanation()).isNull();
	}

	@Test
	void anotherTextIsNamedByItsMessage() {
		CacheStatus first = ask(new Prompt(SYSTEM, new UserMessage("What is Java?")));
		CacheStatus second = ask(new Prompt(SYSTEM, new UserMessage("What is Kotlin?")));
		assertThat(second.explanation()).isEqualTo(new MissExplanation(first.key(), List.of("message 2 text")));
		assertThat(second.stored()).isTrue();
		assertThat(second.explanation().toString()).doesNotContain("Java", "Kotlin", "brief");
	}

	@Test
	void anotherOptionIsNamed() {
		ask(new Prompt("one", ChatOptions.builder().model("m").temperature(0.1).build()));
		assertThat(differs(new Prompt("one", ChatOptions.builder().model("m").temperature(0.2).build())))
			.containsExactly("temperature");
		assertThat(differs(new Prompt("one", ChatOptions.builder().model("m").temperature(0.2).topK(3).build())))
			.containsExactly("topK");
	}

	@Test
	void aMessageThatIsNewIsNamedAsAWhole() {
		ask(new Prompt(SYSTEM, new UserMessage("one")));
		assertThat(differs(
				new Prompt(SYSTEM, new UserMessage("one"), new AssistantMessage("yes"), new UserMessage("two"))))
			.containsExactly("message 3", "message 4");
	}

	@Test
	void aToolIsNamedByItsName() {
		ask(new Prompt("one", tools(tool("getWeather", "Gets the weather"), tool("getTime", "Gets the time"))));
		assertThat(differs(
				new Prompt("one", tools(tool("getWeather", "Tells the weather"), tool("getTime", "Gets the time")))))
			.containsExactly("tool getWeather description");
		assertThat(differs(new Prompt("one", tools(tool("getTime", "Gets the time")))))
			.containsExactly("tool getWeather");
	}

	@Test
	void anotherScopeAndAnotherVariantAreNamed() {
		ask(new Prompt("one"));
		assertThat(CacheControl.scope("tenant").call(() -> differs(new Prompt("one")))).containsExactly("scope");
		assertThat(CacheControl.variant("2").call(() -> differs(new Prompt("one")))).containsExactly("variant");
	}

	@Test
	void theSameRequestWhoseAnswerIsGoneIsSaidToBeTheSame() {
		CacheStatus first = ask(new Prompt("one"));
		this.store.evict(Selector.all());
		CacheStatus second = ask(new Prompt("one"));
		assertThat(second.explanation()).isEqualTo(new MissExplanation(first.key(), List.of()));
		assertThat(second.explanation().toString()).contains("is not there");
	}

	@Test
	void theClosestOfManyIsNamed() {
		ask(new Prompt(new SystemMessage("other"), new UserMessage("other")));
		CacheStatus closest = ask(new Prompt(SYSTEM, new UserMessage("other")));
		ask(new Prompt("something else", ChatOptions.builder().model("m2").topK(3).build()));
		assertThat(ask(new Prompt(SYSTEM, new UserMessage("mine"))).explanation())
			.isEqualTo(new MissExplanation(closest.key(), List.of("message 2 text")));
	}

	@Test
	void aHitOfAnEarlierRunIsRemembered() {
		builder().build().call(new Prompt("one"));
		assertThat(ask(new Prompt("one")).hit()).isTrue();
		assertThat(differs(new Prompt("two"))).containsExactly("message 1 text");
	}

	@Test
	void onlySomeRequestsAreRemembered() {
		CacheStatus first = ask(new Prompt(SYSTEM, new UserMessage("first")));
		for (int i = 0; i < 100; i++) {
			ask(new Prompt("number " + i));
		}
		assertThat(ask(new Prompt(SYSTEM, new UserMessage("last"))).explanation().closest()).isNotEqualTo(first.key());
	}

	/**
	 * As the leader of a flight does if another one has landed meanwhile.
	 */
	@Test
	void whoLooksAgainIsToldTheSame() {
		ChatFingerprinter fingerprinter = new ChatFingerprinter(new CountingChatModel(), this.model.getSettings(),
				KeyHash.SHA_256);
		ChatCache cache = new ExplainingChatCache("chat",
				new ExactChatCache(new ModelCache<>(this.model.getSettings(), this.store, new ChatAnswerCodec(),
						InstantSource.system(), CacheListener.NONE), "heap"),
				fingerprinter, new FailureReport("chat", CacheListener.NONE));
		cache.find(request(fingerprinter, "one"));
		ChatRequest two = request(fingerprinter, "two");
		ChatLookup first = cache.find(two);
		assertThat(first.status().explanation().differs()).containsExactly("message 1 text");
		assertThat(cache.findAgain(two, first).status()).isEqualTo(first.status());
	}

	private static ChatRequest request(ChatFingerprinter fingerprinter, String text) {
		Prompt prompt = new Prompt(text);
		return new ChatRequest(prompt, null,
				fingerprinter.fingerprint(CacheScope.SHARED, prompt.getInstructions(), null, null),
				EntryTerms.of(CacheScope.SHARED, null, Duration.ZERO, CacheDirectives.NONE), CacheDirectives.NONE);
	}

	private CacheStatus ask(Prompt prompt) {
		return CacheStatus.of(this.model.call(prompt));
	}

	private List<String> differs(Prompt prompt) {
		return ask(prompt).explanation().differs();
	}

	private CachingChatModel.Builder builder() {
		return CachingChatModel.builder(new CountingChatModel()).name("chat").store(this.store);
	}

	private static ToolCallingChatOptions tools(ToolCallback... tools) {
		return ToolCallingChatOptions.builder().model("m").toolCallbacks(tools).build();
	}

	private static ToolCallback tool(String name, String description) {
		ToolDefinition definition = ToolDefinition.builder()
			.name(name)
			.description(description)
			.inputSchema("{}")
			.build();
		return new ToolCallback() {

			@Override
			public ToolDefinition getToolDefinition() {
				return definition;
			}

			@Override
			public String call(String input) {
				return "";
			}

		};
	}

}
