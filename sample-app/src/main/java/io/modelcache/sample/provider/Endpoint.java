package io.modelcache.sample.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One address of the stand-in provider: reads JSON, counts the call, takes its time,
 * answers JSON.
 */
abstract class Endpoint implements HttpHandler {

	static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private final AtomicLong calls = new AtomicLong();

	long calls() {
		return this.calls.get();
	}

	@Override
	public final void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			answerOrRefuse(exchange);
		}
	}

	private void answerOrRefuse(HttpExchange exchange) throws IOException {
		try {
			JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
			answer(request, this.calls.incrementAndGet(), exchange);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			refuse(exchange, ex);
		}
	}

	/**
	 * Answer one call.
	 * @param request the request's body
	 * @param call the number of the call, from one
	 * @param exchange where to answer
	 * @throws IOException when the caller has gone
	 */
	abstract void answer(JsonNode request, long call, HttpExchange exchange) throws IOException;

	private static void refuse(HttpExchange exchange, Exception cause) throws IOException {
		send(exchange, 400, Map.of("error", Map.of("type", "invalid_request_error", "message",
				"The stand-in provider cannot read this request: " + cause.getMessage())));
	}

	static void send(HttpExchange exchange, int status, Object body) throws IOException {
		byte[] bytes = JSON.writeValueAsBytes(body);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	static void pause(Duration delay) throws IOException {
		try {
			Thread.sleep(delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("The stand-in provider was closed");
		}
	}

}
