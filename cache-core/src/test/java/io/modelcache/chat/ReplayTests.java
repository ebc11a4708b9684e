package io.modelcache.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.modelcache.CacheStatus;
import io.modelcache.chat.Provider.Part;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, by the real clients of four providers, that what a hit returns is what the
 * provider returned, field by field, and that a conversation goes on from the one as from
 * the other.
 */
@Timeout(60)
class ReplayTests {

	private static final Prompt PROMPT = new Prompt("hello");

	/**
	 * The objects of a provider's SDK, which are left out, and the status.
	 */
	private static final Set<String> LEFT_OUT = Set.of("modelcache.status", "anthropic-response");

	/**
	 * Google's client makes one of its SDK's objects of the finish reason, and puts it
	 * into the message once more.
	 */
	private static final Set<String> LEFT_OUT_OF_MESSAGES = Set.of("finishReason");

	private CannedServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void aHitIsTheOriginalFieldByField(Provider provider) {
		for (Part[] parts : answers()) {
			CachingChatModel caching = caching(provider, parts);
			ChatResponse original = caching.call(PROMPT);
			ChatResponse hit = caching.call(PROMPT);
			assertThat(CacheStatus.of(original).stored()).isTrue();
			assertThat(CacheStatus.of(hit).hit()).isTrue();
			assertSame(provider, original, hit);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aReplayedStreamIsPutTogetherToTheOriginal(Provider provider) {
		for (Part[] parts : answers()) {
			CachingChatModel caching = caching(provider, parts);
			ChatResponse original = aggregated(caching);
			ChatResponse hit = aggregated(caching);
			assertThat(this.server.requests()).isEqualTo(1);
			Generation before = original.getResult();
			Generation after = hit.getResult();
			assertThat(after.getOutput().getText()).isEqualTo(before.getOutput().getText());
			assertThat(after.getOutput().getToolCalls()).isEqualTo(before.getOutput().getToolCalls());
			assertThat(after.getMetadata().getFinishReason()).isEqualTo(before.getMetadata().getFinishReason());
			assertThat(hit.getMetadata().getUsage()).usingRecursiveComparison()
				.ignoringFields("nativeUsage")
				.isEqualTo(original.getMetadata().getUsage());
			assertThat(nextTurn(hit)).isEqualTo(nextTurn(original));
		}
	}

	@ParameterizedTest
	@EnumSource
	void theNextTurnHasTheKeyThatItWouldHaveAfterTheOriginal(Provider provider) {
		for (Part[] parts : answers()) {
			CachingChatModel caching = caching(provider, parts);
			ChatResponse original = caching.call(PROMPT);
			assertThat(nextTurn(caching.call(PROMPT))).isEqualTo(nextTurn(original));
			caching.stream(PROMPT).blockLast();
			assertThat(this.server.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatTheNextTurnReadsBackIsInItsKey(Provider provider) {
		ChatResponse plain = caching(provider, Part.TEXT).call(PROMPT);
		ChatResponse thoughtful = caching(provider, Part.THOUGHT, Part.TEXT).call(PROMPT);
		assertThat(nextTurn(thoughtful)).isNotEqualTo(nextTurn(plain));
	}

	@ParameterizedTest
	@EnumSource
	void whatACallerDoesToAnAnswerReachesNobodyElse(Provider provider) {
		for (Part[] parts : answers()) {
			CachingChatModel caching = caching(provider, parts);
			ChatResponse original = caching.call(PROMPT);
			ChatResponse untouched = caching.call(PROMPT);
			spoil(original);
			spoil(caching.call(PROMPT));
			assertSame(provider, untouched, caching.call(PROMPT));
		}
	}

	/**
	 * They are objects of Spring AI, which its callers read from the metadata.
	 */
	@Test
	void anAnswerWithCitationsIsNotKeptForAHitWouldLackThem() {
		String citation = """
				{"type":"char_location","cited_text":"x","document_index":0,"document_title":"t","file_id":null,\
				"start_char_index":0,"end_char_index":1}""";
		CachingChatModel caching = caching(Provider.ANTHROPIC, Part.TEXT);
		String called = Provider.ANTHROPIC.called("end_turn", Part.TEXT)
			.replace("\"citations\":null", "\"citations\":[" + citation + "]");
		String streamed = Provider.ANTHROPIC.streamed("end_turn", Part.TEXT)
			.replace("{\"type\":\"text_delta\",\"text\":\"lo\"}",
					"{\"type\":\"citations_delta\",\"citation\":" + citation + "}");
		this.server.answer(called, streamed);
		for (int time = 1; time <= 2; time++) {
			for (ChatResponse last : List.of(caching.call(PROMPT),
					Objects.requireNonNull(caching.stream(PROMPT).blockLast()))) {
				assertThat(last.getMetadata().<List<?>>get("citations")).hasSize(1);
				assertThat(CacheStatus.of(last).stored()).isFalse();
				assertThat(CacheStatus.of(last).detail()).isEqualTo("not-stored");
			}
			assertThat(this.server.requests()).isEqualTo(2 * time);
		}
	}

	private static List<Part[]> answers() {
		return List.of(new Part[] { Part.TEXT }, new Part[] { Part.THOUGHT, Part.TEXT }, new Part[] { Part.TOOL_CALL },
				new Part[] { Part.THOUGHT, Part.TEXT, Part.TOOL_CALL });
	}

	private CachingChatModel caching(Provider provider, Part... asked) {
		if (this.server != null) {
			this.server.close();
		}
		this.server = new CannedServer(provider);
		boolean tool = asked[asked.length - 1] == Part.TOOL_CALL;
		Part[] parts = (provider == Provider.OPENAI) ? new Part[] { asked[0] } : asked;
		String reason = (tool && (provider != Provider.OPENAI || parts[0] == Part.TOOL_CALL)) ? provider.toolCall()
				: provider.complete();
		this.server.answer(provider.called(reason, parts), provider.streamed(reason, parts));
		return CachingChatModel.builder(provider.model(this.server.url()))
			.store(CaffeineCacheStore.builder().build())
			.build();
	}

	private static void assertSame(Provider provider, ChatResponse original, ChatResponse hit) {
		assertThat(hit.getResults()).hasSameSizeAs(original.getResults());
		for (int i = 0; i < hit.getResults().size(); i++) {
			AssistantMessage before = original.getResults().get(i).getOutput();
			AssistantMessage after = hit.getResults().get(i).getOutput();
			assertThat(after).isExactlyInstanceOf(before.getClass());
			assertThat(after).usingRecursiveComparison(strictly("metadata")).isEqualTo(before);
			Map<String, Object> known = new HashMap<>(before.getMetadata());
			if (provider == Provider.GOOGLE) {
				known.keySet().removeAll(LEFT_OUT_OF_MESSAGES);
			}
			assertThat(after.getMetadata()).usingRecursiveComparison().isEqualTo(known);
			assertThat(hit.getResults().get(i).getMetadata()).usingRecursiveComparison(strictly())
				.isEqualTo(original.getResults().get(i).getMetadata());
		}
		ChatResponseMetadata before = original.getMetadata();
		ChatResponseMetadata after = hit.getMetadata();
		assertThat(after.getId()).isEqualTo(before.getId());
		assertThat(after.getModel()).isEqualTo(before.getModel());
		assertThat(after.getUsage()).usingRecursiveComparison(strictly("nativeUsage")).isEqualTo(before.getUsage());
		assertThat(known(after)).usingRecursiveComparison().isEqualTo(known(before));
	}

	private static RecursiveComparisonConfiguration strictly(String... ignored) {
		return RecursiveComparisonConfiguration.builder()
			.withIgnoredFields(ignored)
			.withStrictTypeChecking(false)
			.build();
	}

	private static Map<String, Object> known(ChatResponseMetadata metadata) {
		Map<String, Object> known = new HashMap<>();
		metadata.entrySet()
			.stream()
			.filter((entry) -> !LEFT_OUT.contains(entry.getKey()))
			.forEach((entry) -> known.put(entry.getKey(), entry.getValue()));
		return known;
	}

	private static ChatResponse aggregated(CachingChatModel caching) {
		List<ChatResponse> whole = new ArrayList<>();
		Flux<ChatResponse> stream = caching.stream(PROMPT);
		new MessageAggregator().aggregate(stream, whole::add).blockLast();
		return Objects.requireNonNull(whole.get(0));
	}

	/**
	 * Return the key of what is asked next, after a tool has answered if it was called.
	 */
	private static Fingerprint nextTurn(ChatResponse response) {
		List<Message> messages = new ArrayList<>(PROMPT.getInstructions());
		for (Generation generation : response.getResults()) {
			messages.add(generation.getOutput());
			List<ToolResponseMessage.ToolResponse> results = generation.getOutput()
				.getToolCalls()
				.stream()
				.map((call) -> new ToolResponseMessage.ToolResponse(call.id(), call.name(), "warm"))
				.toList();
			if (!results.isEmpty()) {
				messages.add(ToolResponseMessage.builder().responses(results).build());
			}
		}
		messages.add(new UserMessage("And then?"));
		return Keys.of(messages);
	}

	private static void spoil(ChatResponse response) {
		response.getResults().forEach((generation) -> {
			Map<String, Object> metadata = generation.getOutput().getMetadata();
			metadata.replaceAll((key, value) -> "spoiled");
			metadata.put("more", "spoiled");
			if (metadata.get("thoughtSignatures") instanceof List<?> signatures) {
				signatures.clear();
			}
		});
	}

}
