package io.modelcache.chat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.modelcache.CacheStatus;
import io.modelcache.chat.Provider.Part;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, by the real clients of four providers, that only an answer whose finish reason
 * says that it is complete is kept. The reasons are those that the providers' SDKs know:
 * a new one breaks {@link #everyReasonOfEveryProviderIsJudged}.
 */
@Timeout(60)
class FinishReasonTests {

	/**
	 * What becomes of an answer: a text, and the wish for a tool.
	 */
	private static final Map<Provider, Map<String, Fate>> FATES = new EnumMap<>(
			Map.of(Provider.OPENAI,
					Map.of("stop", Fate.KEPT, "length", Fate.NEVER, "tool_calls", Fate.KEPT_WITH_TOOL_CALL,
							"function_call", Fate.KEPT_WITH_TOOL_CALL, "content_filter", Fate.NEVER),
					Provider.ANTHROPIC,
					Map.of("end_turn", Fate.KEPT, "stop_sequence", Fate.KEPT, "max_tokens", Fate.NEVER, "tool_use",
							Fate.KEPT_WITH_TOOL_CALL, "pause_turn", Fate.NEVER, "refusal", Fate.NEVER),
					Provider.OLLAMA,
					Map.of("stop", Fate.KEPT, "length", Fate.NEVER, "load", Fate.NEVER, "unload", Fate.NEVER),
					Provider.GOOGLE,
					Map.ofEntries(Map.entry("STOP", Fate.KEPT), Map.entry("FINISH_REASON_UNSPECIFIED", Fate.NEVER),
							Map.entry("MAX_TOKENS", Fate.NEVER), Map.entry("SAFETY", Fate.NEVER),
							Map.entry("RECITATION", Fate.NEVER), Map.entry("LANGUAGE", Fate.NEVER),
							Map.entry("OTHER", Fate.NEVER), Map.entry("BLOCKLIST", Fate.NEVER),
							Map.entry("PROHIBITED_CONTENT", Fate.NEVER), Map.entry("SPII", Fate.NEVER),
							Map.entry("MALFORMED_FUNCTION_CALL", Fate.NEVER),
							Map.entry("UNEXPECTED_TOOL_CALL", Fate.NEVER), Map.entry("IMAGE_SAFETY", Fate.NEVER),
							Map.entry("IMAGE_PROHIBITED_CONTENT", Fate.NEVER), Map.entry("NO_IMAGE", Fate.NEVER),
							Map.entry("IMAGE_RECITATION", Fate.NEVER), Map.entry("IMAGE_OTHER", Fate.NEVER))));

	private static final Map<Provider, CannedServer> SERVERS = new EnumMap<>(Provider.class);

	@AfterAll
	static void close() {
		SERVERS.values().forEach(CannedServer::close);
		SERVERS.clear();
	}

	@ParameterizedTest
	@EnumSource
	void everyReasonOfEveryProviderIsJudged(Provider provider) {
		assertThat(FATES.get(provider)).containsOnlyKeys(provider.finishReasons());
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void onlyCompleteAnswersAreKept(Provider provider, String reason, Fate fate) {
		assertKept(provider, reason, fate == Fate.KEPT, Part.TEXT);
		assertKept(provider, reason, fate != Fate.NEVER, Part.TOOL_CALL);
		if (provider != Provider.OPENAI) {
			assertKept(provider, reason, fate != Fate.NEVER, Part.THOUGHT, Part.TOOL_CALL);
			assertKept(provider, reason, fate == Fate.KEPT, Part.THOUGHT, Part.TEXT);
			assertKept(provider, reason, false, Part.THOUGHT);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENAI", "ANTHROPIC", "OLLAMA" })
	void anAnswerWithoutAReasonIsNotKept(Provider provider) {
		assertThat(keptFromStream(provider, null, Part.TEXT)).isFalse();
	}

	/**
	 * Spring AI passes Ollama's reason on only if the server has counted the tokens.
	 */
	@Test
	void anAnswerOfOllamaWhoseReasonIsLostIsNotKept() {
		String lost = Provider.OLLAMA.called("length", Part.TEXT).replace("prompt_eval_count", "ignored");
		assertThat(kept(Provider.OLLAMA, lost, "", false)).isFalse();
	}

	@Test
	void ofSeveralAnswersOneThatIsIncompleteSpoilsTheOthers() {
		assertKept(Provider.OPENAI, "stop", true, Part.TEXT, Part.TEXT);
		String mixed = Provider.OPENAI.called("stop", Part.TEXT, Part.TEXT);
		int last = mixed.lastIndexOf("\"stop\"");
		String spoiled = mixed.substring(0, last) + "\"length\"" + mixed.substring(last + 6);
		assertThat(kept(Provider.OPENAI, spoiled, "", false)).isFalse();
		String stream = Provider.OPENAI.streamed("stop", Part.TEXT, Part.TEXT);
		last = stream.lastIndexOf("\"stop\"");
		assertThat(
				kept(Provider.OPENAI, "", stream.substring(0, last) + "\"length\"" + stream.substring(last + 6), true))
			.isFalse();
	}

	@Test
	void aRefusalInAnyChunkOfAStreamIsARefusal() {
		String chunk = """
				{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt",\
				"choices":[{"index":0,"delta":{%s},"finish_reason":%s}]}""";
		CacheStatus status = statusOf(Provider.OPENAI, "",
				Provider.events(chunk.formatted("\"role\":\"assistant\",\"content\":\"Well,\"", "null"),
						chunk.formatted("\"refusal\":\"I can\"", "null"),
						chunk.formatted("\"refusal\":\"not\"", "null"), chunk.formatted("", "\"stop\""), "[DONE]"),
				true);
		assertThat(status.stored()).isFalse();
		assertThat(status.detail()).isEqualTo("refusal");
	}

	@Test
	void aRefusalWithoutATextIsARefusalToo() {
		String called = Provider.OPENAI.called("stop", Part.TEXT)
			.replace("\"content\":\"hello\"", "\"content\":null")
			.replace("\"refusal\":null", "\"refusal\":\"I cannot\"");
		assertThat(statusOf(Provider.OPENAI, called, "", false).detail()).isEqualTo("refusal");
	}

	/**
	 * Spring AI's client says {@code STOP} in every chunk for which Google has not said
	 * anything. So each could be the last one, and a stream that ends too early, but
	 * without an error, looks complete.
	 */
	@Test
	void aStreamOfGoogleWithoutAReasonLooksComplete() {
		assertThat(keptFromStream(Provider.GOOGLE, null, Part.TEXT)).isTrue();
		CannedServer server = SERVERS.get(Provider.GOOGLE);
		server.answer("", Provider.GOOGLE.streamed(null, Part.TEXT, Part.TEXT, Part.TEXT));
		List<ChatResponse> chunks = Provider.GOOGLE.model(server.url())
			.stream(new Prompt("hello"))
			.collectList()
			.block();
		assertThat(chunks).hasSize(3).allMatch(StreamRecorder::mayBeLast);
	}

	static Stream<Arguments> reasons() {
		return FATES.entrySet().stream().flatMap((provider) -> {
			List<Arguments> all = new ArrayList<>();
			provider.getValue().forEach((reason, fate) -> all.add(Arguments.of(provider.getKey(), reason, fate)));
			Set.of("something_new", "SOMETHING_NEW", "_unknown")
				.forEach((reason) -> all.add(Arguments.of(provider.getKey(), reason, Fate.NEVER)));
			return all.stream();
		});
	}

	private static void assertKept(Provider provider, String reason, boolean kept, Part... parts) {
		assertThat(keptFromCall(provider, reason, parts)).as("call, " + List.of(parts)).isEqualTo(kept);
		assertThat(keptFromStream(provider, reason, parts)).as("stream, " + List.of(parts)).isEqualTo(kept);
	}

	private static boolean keptFromCall(Provider provider, String reason, Part... parts) {
		return kept(provider, provider.called(reason, parts), "", false);
	}

	private static boolean keptFromStream(Provider provider, String reason, Part... parts) {
		return kept(provider, "", provider.streamed(reason, parts), true);
	}

	/**
	 * Tell whether the first answer is kept, by its status and by asking again.
	 */
	private static boolean kept(Provider provider, String called, String streamed, boolean stream) {
		return statusOf(provider, called, streamed, stream).stored();
	}

	private static CacheStatus statusOf(Provider provider, String called, String streamed, boolean stream) {
		CannedServer server = SERVERS.computeIfAbsent(provider, CannedServer::new);
		server.answer(called, streamed);
		CachingChatModel caching = CachingChatModel.builder(provider.model(server.url()))
			.store(CaffeineCacheStore.builder().build())
			.build();
		int before = server.requests();
		CacheStatus first = ask(caching, stream);
		CacheStatus second = ask(caching, stream);
		assertThat(server.requests() - before).isEqualTo(first.stored() ? 1 : 2);
		assertThat(second.hit()).isEqualTo(first.stored());
		return first;
	}

	private static CacheStatus ask(CachingChatModel caching, boolean stream) {
		Prompt prompt = new Prompt("hello");
		return CacheStatus
			.of(stream ? Objects.requireNonNull(caching.stream(prompt).blockLast()) : caching.call(prompt));
	}

	/**
	 * What becomes of an answer with a finish reason.
	 */
	enum Fate {

		KEPT, KEPT_WITH_TOOL_CALL, NEVER

	}

}
