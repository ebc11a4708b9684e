package io.modelcache.sample.web;

import java.util.Objects;

import com.openai.errors.OpenAIException;
import io.modelcache.CacheStatus;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers a question as plain text, and says in a {@code Cache-Status} header (RFC 9211)
 * where the answer came from and in a {@code Server-Timing} header how long it took.
 */
@RestController
class AskController {

	private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

	private final ChatClient chatClient;

	private final QuestionBehind questionBehind;

	AskController(ChatClient chatClient, QuestionBehind questionBehind) {
		this.chatClient = chatClient;
		this.questionBehind = questionBehind;
	}

	@GetMapping("/ask")
	ResponseEntity<String> ask(@RequestParam(name = "q", defaultValue = "") String question) {
		if (question.isBlank()) {
			return text(HttpStatus.BAD_REQUEST).body("There is no question. Ask one: /ask?q=Why+is+the+sky+blue%3F\n");
		}
		long start = System.nanoTime();
		ChatResponse response = Objects.requireNonNull(this.chatClient.prompt(question).call().chatResponse());
		double millis = (System.nanoTime() - start) / 1e6;
		CacheStatus status = CacheStatus.of(response);
		ResponseEntity.BodyBuilder ok = text(HttpStatus.OK).header("Cache-Status", status.toHeader("modelcache"))
			.header("Server-Timing", "chat;dur=" + millis);
		String other = this.questionBehind.encoded(status);
		return ((other != null) ? ok.header("Answered-Question", other) : ok).body(answer(response));
	}

	@ExceptionHandler
	ResponseEntity<String> providerFailed(OpenAIException ex) {
		return text(HttpStatus.BAD_GATEWAY)
			.body("The provider did not answer (" + ex.getClass().getSimpleName() + ").\n");
	}

	private static ResponseEntity.BodyBuilder text(HttpStatus status) {
		return ResponseEntity.status(status).contentType(TEXT).cacheControl(CacheControl.noStore());
	}

	private static String answer(ChatResponse response) {
		Generation result = response.getResult();
		String text = (result != null) ? result.getOutput().getText() : null;
		return Objects.requireNonNullElse(text, "");
	}

}
