package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;

/**
 * Asks the model for documents the way it does so by itself: by the contents of the
 * documents, in the batches of a strategy.
 */
final class DocumentAsking implements Asking<DocumentAsking.Piece> {

	private final EmbeddingModel model;

	private final @Nullable EmbeddingOptions options;

	private final BatchingStrategy strategy;

	DocumentAsking(EmbeddingModel model, @Nullable EmbeddingOptions options, BatchingStrategy strategy) {
		this.model = model;
		this.options = options;
		this.strategy = strategy;
	}

	/**
	 * Cut documents into pieces as the strategy does, which also decides their order.
	 */
	List<Piece> pieces(List<Document> documents, Function<Document, @Nullable String> content) {
		List<Piece> pieces = new ArrayList<>(documents.size());
		int number = 0;
		for (List<Document> batch : this.strategy.batch(documents)) {
			for (Document document : batch) {
				pieces.add(new Piece(document, content.apply(document), number));
			}
			number++;
		}
		return pieces;
	}

	@Override
	public ModelAnswer ask(List<Piece> some) {
		List<String> texts = new ArrayList<>(some.size());
		for (Piece piece : some) {
			texts.add(Objects.requireNonNull(piece.content(), "Without a content there is no question"));
		}
		return ModelAnswer.of(this.model.call(new EmbeddingRequest(texts, this.options)));
	}

	/**
	 * Batch what is missing anew, for a few documents out of many batches fit into one;
	 * but not if the strategy makes other documents of them.
	 */
	@Override
	public List<List<Piece>> parts(List<Piece> some) {
		List<Document> documents = new ArrayList<>(some.size());
		for (Piece piece : some) {
			documents.add(piece.document());
		}
		List<List<Document>> batches = this.strategy.batch(documents);
		List<Document> batched = new ArrayList<>(some.size());
		batches.forEach(batched::addAll);
		return batched.equals(documents) ? cut(some, batches) : byBatch(some);
	}

	private static List<List<Piece>> cut(List<Piece> some, List<List<Document>> batches) {
		List<List<Piece>> parts = new ArrayList<>(batches.size());
		int start = 0;
		for (List<Document> batch : batches) {
			if (!batch.isEmpty()) {
				parts.add(some.subList(start, start + batch.size()));
			}
			start += batch.size();
		}
		return parts;
	}

	private static List<List<Piece>> byBatch(List<Piece> some) {
		List<List<Piece>> parts = new ArrayList<>();
		int start = 0;
		for (int end = 1; end <= some.size(); end++) {
			if (end == some.size() || some.get(end).batch() != some.get(start).batch()) {
				parts.add(some.subList(start, end));
				start = end;
			}
		}
		return parts;
	}

	/**
	 * A document in a batch.
	 *
	 * @param document the document
	 * @param content what is embedded of it
	 * @param batch the number of the batch
	 */
	record Piece(Document document, @Nullable String content, int batch) {

	}

}
