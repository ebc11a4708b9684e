package io.modelcache.sample.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * {@code /v1/embeddings}: one vector per text, as numbers or in base64.
 */
final class EmbeddingEndpoint extends Endpoint {

	private static final int DIMENSIONS = 1536;

	private final Duration delay;

	EmbeddingEndpoint(Duration delay) {
		this.delay = delay;
	}

	@Override
	void answer(JsonNode request, long call, HttpExchange exchange) throws IOException {
		List<String> texts = texts(request.path("input"));
		int dimensions = request.path("dimensions").asInt(DIMENSIONS);
		Assert.isTrue(dimensions > 0, "its dimensions are not positive");
		boolean base64 = request.path("encoding_format").asString("float").equals("base64");
		List<Item> items = new ArrayList<>();
		for (String text : texts) {
			float[] vector = WordVectors.of(text, dimensions);
			items.add(new Item("embedding", items.size(), base64 ? base64(vector) : vector));
		}
		int tokens = texts.stream().mapToInt(WordVectors::words).sum();
		pause(this.delay);
		send(exchange, 200,
				new Embeddings("list", items, request.path("model").asString(""), new Usage(tokens, tokens)));
	}

	private static List<String> texts(JsonNode input) {
		List<String> texts = new ArrayList<>();
		if (input.isString()) {
			texts.add(input.asString());
		}
		input.values().forEach((text) -> texts.add(text.asString()));
		Assert.notEmpty(texts, "it has no input");
		return texts;
	}

	private static String base64(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	/**
	 * The answer, as OpenAI writes it on the wire.
	 *
	 * @param object always a list
	 * @param data one item per text, in the order asked
	 * @param model the model that was asked for
	 * @param usage the tokens counted
	 */
	record Embeddings(String object, List<Item> data, String model, Usage usage) {
	}

	/**
	 * One vector of the answer.
	 *
	 * @param object always an embedding
	 * @param index the place of its text
	 * @param embedding the vector: numbers, or their bytes in base64
	 */
	record Item(String object, int index, Object embedding) {
	}

	/**
	 * The tokens counted, which for the stand-in are words.
	 *
	 * @param promptTokens the words of all texts
	 * @param totalTokens the same
	 */
	record Usage(int promptTokens, int totalTokens) {
	}

}
