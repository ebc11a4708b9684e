package io.modelcache.sample.provider;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v1/chat/completions}: answers at once, or piece by piece as server-sent events.
 */
final class ChatEndpoint extends Endpoint {

	private final Duration delay;

	ChatEndpoint(Duration delay) {
		this.delay = delay;
	}

	@Override
	void answer(JsonNode request, long call, HttpExchange exchange) throws IOException {
		Conversation conversation = Conversation.read(request);
		Completion.Message message = CannedAnswers.to(call, conversation);
		Completion.Usage usage = CannedAnswers.usage(conversation, message);
		String id = "chatcmpl-stand-in-" + call;
		if (conversation.stream()) {
			stream(exchange, Chunks.of(id, conversation, message, usage));
		}
		else {
			pause(this.delay);
			send(exchange, 200, Completion.whole(id, conversation.model(), message, usage));
		}
	}

	private void stream(HttpExchange exchange, List<Completion> chunks) throws IOException {
		Duration untilFirst = this.delay.dividedBy(2);
		Duration untilNext = this.delay.minus(untilFirst).dividedBy(chunks.size());
		pause(untilFirst);
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		for (Completion chunk : chunks) {
			event(exchange.getResponseBody(), JSON.writeValueAsString(chunk));
			pause(untilNext);
		}
		event(exchange.getResponseBody(), "[DONE]");
	}

	private static void event(OutputStream body, String data) throws IOException {
		body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
		body.flush();
	}

}
