package io.modelcache.sample.web;

import java.util.List;
import java.util.Map;

import com.openai.errors.OpenAIIoException;
import io.modelcache.ModelCacheManager;
import io.modelcache.sample.SampleTest;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking over HTTP.
 */
@SampleTest
class AskTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private StandInProvider provider;

	@Test
	void theSecondAnswerComesFromTheCache() {
		long before = this.provider.calls().chat();
		String first = ask("What is asked twice?", "modelcache; fwd=miss; .*stored.*");
		String second = ask("What is asked twice?", "modelcache; hit; .*");
		assertThat(second).isEqualTo(first).contains("What is asked twice?");
		assertThat(this.provider.calls().chat() - before).isEqualTo(1);
	}

	@Test
	void theTimeOfTheCallIsToldInMilliseconds() {
		this.client.get()
			.uri("/ask?q=duration")
			.exchange()
			.expectHeader()
			.valueMatches("Server-Timing", "chat;dur=\\d+\\.\\d+");
	}

	@Test
	void anotherQuestionIsAnotherAnswer() {
		ask("What is blue?", "modelcache; fwd=miss; .*");
		ask("What is green?", "modelcache; fwd=miss; .*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ask", "/ask?q=", "/ask?q={blank}" })
	void aBlankQuestionIsRefusedInWords(String address) {
		long before = this.provider.calls().chat();
		String text = this.client.get()
			.uri(address, Map.of("blank", " \t "))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.returnResult(String.class)
			.getResponseBody();
		assertThat(text).startsWith("There is no question.");
		assertThat(this.provider.calls().chat()).isEqualTo(before);
	}

	@Test
	void aProviderThatDoesNotAnswerIsABadGateway() {
		ChatModel nobody = (prompt) -> {
			throw new OpenAIIoException("Nobody there");
		};
		RestTestClient
			.bindToController(
					new AskController(ChatClient.create(nobody), new QuestionBehind(new ModelCacheManager(List::of))))
			.build()
			.get()
			.uri("/ask?q=Anybody")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectBody(String.class)
			.isEqualTo("The provider did not answer (OpenAIIoException).\n");
	}

	@Test
	void callsAreCountedForEverybodyToSee() {
		ask("Who counts?", "modelcache; fwd=miss; .*");
		this.client.get()
			.uri("/calls")
			.exchange()
			.expectBody()
			.jsonPath("$.standIn")
			.isEqualTo(true)
			.jsonPath("$.calls.chat")
			.isEqualTo((int) this.provider.calls().chat());
	}

	private String ask(String question, String cacheStatus) {
		return this.client.get()
			.uri((uri) -> uri.path("/ask").queryParam("q", "{question}").build(question))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectHeader()
			.value("Cache-Status", (header) -> assertThat(header).matches(cacheStatus))
			.returnResult(String.class)
			.getResponseBody();
	}

}
