package io.modelcache.chat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandardChatPolicy}.
 */
class StandardChatPolicyTests {

	private final StandardChatPolicy policy = new StandardChatPolicy(true, NonDeterministic.CACHE);

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "STOP, -", "stop, -", "end_turn, -", "stop_sequence, -", "-, -", "'', -",
			"LENGTH, incomplete", "length, incomplete", "max_tokens, incomplete", "MAX_TOKENS, incomplete",
			"CONTENT_FILTER, incomplete", "SAFETY, incomplete", "RECITATION, incomplete", "refusal, incomplete",
			"pause_turn, incomplete", "error, incomplete", "tool_calls, incomplete", "something_new, incomplete" })
	void onlyAnAnswerThatCameToItsEndIsKept(String finishReason, String reason) {
		assertThat(reasonAgainst(new AssistantMessage("text"), finishReason)).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "TOOL_CALLS, -", "tool_calls, -", "tool_use, -", "STOP, -", "LENGTH, incomplete" })
	void aWholeWishForAToolIsKept(String finishReason, String reason) {
		assertThat(reasonAgainst(Answers.toolCall("call_1"), finishReason)).isEqualTo(reason);
	}

	@Test
	void aWishForAToolIsNotKeptIfToldSo() {
		StandardChatPolicy strict = new StandardChatPolicy(false, NonDeterministic.CACHE);
		assertThat(strict.beforeStore(new Prompt("x"), Answers.of(Answers.toolCall("call_1"), "TOOL_CALLS")).reason())
			.isEqualTo("tool-calls");
	}

	@Test
	void anEmptyAnswerIsNotKept() {
		assertThat(reasonAgainst(new AssistantMessage(""), "STOP")).isEqualTo("empty-answer");
		assertThat(reasonAgainst(new AssistantMessage(" \n"), "STOP")).isEqualTo("empty-answer");
		assertThat(reasonAgainst(new AssistantMessage(null), "STOP")).isEqualTo("empty-answer");
		assertThat(this.policy.beforeStore(new Prompt("x"), new ChatResponse(List.of())).reason())
			.isEqualTo("empty-answer");
	}

	@Test
	void aRefusalIsNotKept() {
		AssistantMessage refusal = AssistantMessage.builder()
			.content("Sorry.")
			.properties(Map.of("refusal", "I cannot help with that"))
			.build();
		assertThat(reasonAgainst(refusal, "STOP")).isEqualTo("refusal");
		AssistantMessage curt = AssistantMessage.builder().content("").properties(Map.of("refusal", "No.")).build();
		assertThat(reasonAgainst(curt, "STOP")).isEqualTo("refusal");
		AssistantMessage none = AssistantMessage.builder().content("Yes.").properties(Map.of("refusal", "")).build();
		assertThat(reasonAgainst(none, "STOP")).isNull();
	}

	@Test
	void aFilteredAnswerIsNotKept() {
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder()
			.finishReason("STOP")
			.contentFilter("violence")
			.build();
		ChatResponse response = new ChatResponse(List.of(new Generation(new AssistantMessage("text"), metadata)));
		assertThat(this.policy.beforeStore(new Prompt("x"), response).reason()).isEqualTo("content-filter");
	}

	@Test
	void oneBadGenerationSpoilsThemAll() {
		Generation good = Answers.of(new AssistantMessage("text"), "STOP").getResult();
		Generation bad = Answers.of(new AssistantMessage("te"), "LENGTH").getResult();
		assertThat(this.policy.beforeStore(new Prompt("x"), new ChatResponse(List.of(good, bad))).reason())
			.isEqualTo("incomplete");
	}

	private String reasonAgainst(AssistantMessage message, String finishReason) {
		return this.policy.beforeStore(new Prompt("x"), Answers.of(message, finishReason)).reason();
	}

}
