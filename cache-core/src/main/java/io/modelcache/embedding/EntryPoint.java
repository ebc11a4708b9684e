package io.modelcache.embedding;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * A method by which a vector can be asked for.
 * <p>
 * Most models answer all of them by the same request, so that they share their entries. A
 * model that overrides one may answer it differently, for a query is not a document, and
 * then that method has entries of its own.
 */
enum EntryPoint {

	/**
	 * {@code embed(String)}.
	 */
	QUERY("embed", String.class),

	/**
	 * {@code embed(List)}.
	 */
	TEXTS("embed", List.class),

	/**
	 * {@code embedForResponse(List)}.
	 */
	RESPONSE("embedForResponse", List.class),

	/**
	 * {@code embed(List, EmbeddingOptions, BatchingStrategy)}.
	 */
	DOCUMENTS("embed", List.class, EmbeddingOptions.class, BatchingStrategy.class),

	/**
	 * {@code getEmbeddingContent(Document)}.
	 */
	CONTENT("getEmbeddingContent", Document.class),

	/**
	 * {@code dimensions()}.
	 */
	DIMENSIONS("dimensions");

	private final String method;

	private final Class<?>[] parameters;

	EntryPoint(String method, Class<?>... parameters) {
		this.method = method;
		this.parameters = parameters;
	}

	/**
	 * Tell whether a model answers in its own way.
	 * @param model the model
	 * @return whether its class overrides the method
	 */
	boolean isOverriddenBy(EmbeddingModel model) {
		try {
			Method found = model.getClass().getMethod(this.method, this.parameters);
			return found.getDeclaringClass() != EmbeddingModel.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("Every EmbeddingModel has " + this.method, ex);
		}
	}

}
