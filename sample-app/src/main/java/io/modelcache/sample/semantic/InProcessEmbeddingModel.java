package io.modelcache.sample.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * Makes vectors without leaving this process, by the quantized all-MiniLM-L6-v2 of
 * LangChain4j, whose weights are in its jar.
 * <p>
 * A vector takes a millisecond or two. Safe for use by several threads.
 */
final class InProcessEmbeddingModel implements EmbeddingModel {

	static final String MODEL = "all-minilm-l6-v2-q";

	static final int DIMENSIONS = 384;

	private final AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);

	/**
	 * Return what tells this model from others; the cache reads it.
	 * @return the options
	 */
	public EmbeddingOptions getOptions() {
		return EmbeddingOptions.builder().model(MODEL).dimensions(DIMENSIONS).build();
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<TextSegment> texts = request.getInstructions().stream().map(TextSegment::from).toList();
		List<Embedding> embeddings = new ArrayList<>();
		this.model.embedAll(texts)
			.content()
			.forEach((embedding) -> embeddings.add(new Embedding(embedding.vector(), embeddings.size())));
		EmbeddingResponseMetadata metadata = new EmbeddingResponseMetadata();
		metadata.setModel(MODEL);
		return new EmbeddingResponse(embeddings, metadata);
	}

	@Override
	public float[] embed(Document document) {
		return embed(Objects.requireNonNull(getEmbeddingContent(document), "The document has no text"));
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

}
