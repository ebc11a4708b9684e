package io.modelcache.sample.web;

import java.util.List;

import com.openai.errors.OpenAIIoException;
import io.modelcache.ModelCacheManager;
import io.modelcache.sample.SampleTest;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams over HTTP.
 */
@SampleTest
class StreamTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private StandInProvider provider;

	@Test
	void piecesComeOneByOneAndTheLastEventSaysWhereTheyCameFrom() {
		long before = this.provider.calls().chat();
		List<String> first = stream("What is streamed twice?");
		List<String> second = stream("What is streamed twice?");
		assertThat(first).hasSizeGreaterThan(10).contains("event:piece\ndata:{\"text\":\"You \"}");
		assertThat(first.get(first.size() - 1)).startsWith("event:end\n")
			.contains("\"cacheStatus\":\"modelcache; fwd=miss;", "stored", "\"firstMillis\":", "\"millis\":");
		assertThat(second.get(second.size() - 1)).startsWith("event:end\n")
			.contains("\"cacheStatus\":\"modelcache; hit;");
		assertThat(pieces(second)).isEqualTo(pieces(first));
		assertThat(this.provider.calls().chat() - before).isOne();
	}

	@Test
	void aStreamIsAnsweredByTheAnswerToAnAsk() {
		this.client.get().uri("/ask?q=Both").exchange().expectStatus().isOk();
		List<String> events = stream("Both");
		assertThat(events.get(events.size() - 1)).contains("\"cacheStatus\":\"modelcache; hit;");
	}

	@Test
	void aBlankQuestionIsRefused() {
		this.client.get().uri("/stream?q=").exchange().expectStatus().isBadRequest();
	}

	@Test
	void aProviderThatDoesNotAnswerEndsTheStreamInWords() {
		ChatModel nobody = new ChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				throw new UnsupportedOperationException();
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.error(new OpenAIIoException("Nobody there"));
			}

		};
		String body = new StreamController(ChatClient.create(nobody),
				new QuestionBehind(new ModelCacheManager(List::of)))
			.stream("Anybody")
			.getBody()
			.map((event) -> event.event() + " " + event.data())
			.blockLast();
		assertThat(body).isEqualTo("failed Failure[reason=OpenAIIoException]");
	}

	private static List<String> pieces(List<String> events) {
		return events.subList(0, events.size() - 1);
	}

	private List<String> stream(String question) {
		String body = this.client.get()
			.uri((uri) -> uri.path("/stream").queryParam("q", "{question}").build(question))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(String.class)
			.getResponseBody();
		return List.of(body.strip().split("\n\n"));
	}

}
