package io.modelcache.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * A model that gives every text the same 1,536 numbers, in no time.
 */
final class OneVector implements EmbeddingModel {

	private static final int DIMENSIONS = 1536;

	private final float[] vector = new float[DIMENSIONS];

	private long texts;

	OneVector() {
		for (int i = 0; i < DIMENSIONS; i++) {
			this.vector[i] = (float) Math.sin(i);
		}
	}

	/**
	 * Return how many texts were asked so far.
	 */
	long texts() {
		return this.texts;
	}

	float[] vector() {
		return this.vector.clone();
	}

	/**
	 * Return the model's own options, as the models of Spring AI do.
	 * @return the options
	 */
	public EmbeddingOptions getOptions() {
		return EmbeddingOptions.builder().model("one").build();
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<Embedding> embeddings = new ArrayList<>();
		for (int i = 0; i < request.getInstructions().size(); i++) {
			embeddings.add(new Embedding(vector(), i));
		}
		this.texts += embeddings.size();
		return new EmbeddingResponse(embeddings,
				new EmbeddingResponseMetadata("one", new DefaultUsage(embeddings.size(), 0)));
	}

	@Override
	public float[] embed(Document document) {
		return vector();
	}

}
