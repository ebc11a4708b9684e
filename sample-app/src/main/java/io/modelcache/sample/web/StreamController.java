package io.modelcache.sample.web;

import java.util.Objects;

import com.openai.errors.OpenAIException;
import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers a question piece by piece as server-sent events. Where the answer came from is
 * known at its end only, so the last event tells it, in place of the headers of
 * {@code /ask}.
 */
@RestController
class StreamController {

	private final ChatClient chatClient;

	private final QuestionBehind questionBehind;

	StreamController(ChatClient chatClient, QuestionBehind questionBehind) {
		this.chatClient = chatClient;
		this.questionBehind = questionBehind;
	}

	@GetMapping("/stream")
	ResponseEntity<Flux<ServerSentEvent<Object>>> stream(@RequestParam(name = "q", defaultValue = "") String question) {
		if (question.isBlank()) {
			return ResponseEntity.badRequest().build();
		}
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.cacheControl(CacheControl.noStore())
			.body(Flux.defer(() -> answer(question)));
	}

	private Flux<ServerSentEvent<Object>> answer(String question) {
		Watch watch = new Watch(this.questionBehind);
		return this.chatClient.prompt(question)
			.stream()
			.chatResponse()
			.doOnNext(watch::saw)
			.map(StreamController::text)
			.filter((text) -> !text.isEmpty())
			.map((text) -> event("piece", new Piece(text)))
			.concatWith(Mono.fromSupplier(() -> event("end", watch.end())))
			.onErrorResume(OpenAIException.class,
					(ex) -> Mono.just(event("failed", new Failure(ex.getClass().getSimpleName()))));
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

	private static String text(ChatResponse chunk) {
		Generation result = chunk.getResult();
		String text = (result != null) ? result.getOutput().getText() : null;
		return Objects.requireNonNullElse(text, "");
	}

	/**
	 * A piece of the answer.
	 *
	 * @param text the next words
	 */
	record Piece(String text) {
	}

	/**
	 * What is known at the end.
	 *
	 * @param cacheStatus where the answer came from, as a {@code Cache-Status} header
	 * would say it
	 * @param firstMillis how long the first chunk took
	 * @param millis how long the whole answer took
	 * @param answered the question that the answer was made for, if it is another one
	 */
	record End(String cacheStatus, double firstMillis, double millis, @Nullable String answered) {
	}

	/**
	 * Why there is no answer.
	 *
	 * @param reason what the provider's client threw
	 */
	record Failure(String reason) {
	}

	/**
	 * Looks at the chunks of one stream as they pass.
	 */
	private static final class Watch {

		private final QuestionBehind questionBehind;

		private final long start = System.nanoTime();

		private double firstMillis;

		private @Nullable ChatResponse last;

		Watch(QuestionBehind questionBehind) {
			this.questionBehind = questionBehind;
		}

		void saw(ChatResponse chunk) {
			if (this.last == null) {
				this.firstMillis = millis();
			}
			this.last = chunk;
		}

		End end() {
			CacheStatus status = CacheStatus.of(this.last);
			return new End(status.toHeader("modelcache"), this.firstMillis, millis(), this.questionBehind.of(status));
		}

		private double millis() {
			return (System.nanoTime() - this.start) / 1e6;
		}

	}

}
