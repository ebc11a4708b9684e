package io.modelcache.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * An embedding model that writes down what it was asked and whose vectors depend on the
 * text alone.
 */
public class CountingEmbeddingModel implements EmbeddingModel {

	private final List<List<String>> requests = new CopyOnWriteArrayList<>();

	private final EmbeddingOptions options;

	/**
	 * Create a model of the name {@code test}.
	 */
	public CountingEmbeddingModel() {
		this("test");
	}

	/**
	 * Create a model.
	 * @param model its name, which may be {@code null}
	 */
	public CountingEmbeddingModel(String model) {
		this(EmbeddingOptions.builder().model(model).build());
	}

	/**
	 * Create a model.
	 * @param options its default options, which may be {@code null}
	 */
	public CountingEmbeddingModel(EmbeddingOptions options) {
		this.options = options;
	}

	/**
	 * Return what this model was asked.
	 * @return the texts of each call
	 */
	public List<List<String>> requests() {
		return this.requests;
	}

	/**
	 * Return the vector of a text.
	 * @param text the text
	 * @return a new array
	 */
	public float[] vector(String text) {
		return new float[] { text.length(), text.isEmpty() ? 1 : text.charAt(0), text.hashCode() };
	}

	/**
	 * Return the model's own options, as the models of Spring AI do.
	 * @return the options
	 */
	public EmbeddingOptions getOptions() {
		return this.options;
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		this.requests.add(List.copyOf(request.getInstructions()));
		List<Embedding> embeddings = new ArrayList<>();
		for (String text : request.getInstructions()) {
			embeddings.add(new Embedding(vector(text), embeddings.size()));
		}
		int tokens = request.getInstructions().size();
		return new EmbeddingResponse(embeddings,
				new EmbeddingResponseMetadata("test-1", new DefaultUsage(tokens, 0, tokens)));
	}

	@Override
	public float[] embed(Document document) {
		return embed(List.of(document.getText())).get(0);
	}

}
