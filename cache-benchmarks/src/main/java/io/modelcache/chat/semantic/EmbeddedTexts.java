package io.modelcache.chat.semantic;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/**
 * Vectors of length 1, computed in this JVM and kept in a file, so that another run is
 * quick.
 */
final class EmbeddedTexts {

	private static final Path FILE = Path
		.of(System.getProperty("modelcache.embeddings", "target/embeddings-minilm.bin"));

	private final Map<String, float[]> vectors = new HashMap<>();

	EmbeddedTexts() {
		if (Files.exists(FILE)) {
			read();
		}
	}

	float[] vector(String text) {
		return Objects.requireNonNull(this.vectors.get(text), "Not embedded yet");
	}

	/**
	 * Embed what is not known yet.
	 */
	void embed(Collection<String> texts) {
		var missing = texts.stream().distinct().filter((text) -> !this.vectors.containsKey(text)).toList();
		if (missing.isEmpty()) {
			return;
		}
		System.out.printf("Embedding %,d texts, once%n", missing.size());
		EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
		try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
				Files.newOutputStream(FILE, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
			for (String text : missing) {
				float[] vector = normalized(model.embed(text).content().vector());
				this.vectors.put(text, vector);
				write(out, text, vector);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(FILE)))) {
			while (in.available() > 0) {
				String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
				float[] vector = new float[in.readInt()];
				for (int i = 0; i < vector.length; i++) {
					vector[i] = in.readFloat();
				}
				this.vectors.put(text, vector);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(DataOutputStream out, String text, float[] vector) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
		out.writeInt(vector.length);
		for (float component : vector) {
			out.writeFloat(component);
		}
	}

	private static float[] normalized(float[] vector) {
		double square = 0;
		for (float component : vector) {
			square += component * component;
		}
		float[] unit = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			unit[i] = (float) (vector[i] / Math.sqrt(square));
		}
		return unit;
	}

	static double cosine(float[] one, float[] other) {
		float even = 0;
		float odd = 0;
		for (int i = 0; i + 1 < one.length; i += 2) {
			even += one[i] * other[i];
			odd += one[i + 1] * other[i + 1];
		}
		return even + odd;
	}

}
