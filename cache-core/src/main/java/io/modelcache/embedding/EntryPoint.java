package io.modelcache.embedding;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.util.ClassUtils;

/**
 * A method by which a vector can be asked for.
 * <p>
 * Most models answer all of them by the same request, so that they share their entries. A
 * model that overrides one may answer it differently, for a query is not a document, and
 * then that method has entries of its own.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Method does not change here
enum EntryPoint {

	/**
	 * {@code call(EmbeddingRequest)}, to which all others lead unless they are
	 * overridden.
	 */
	CALL("call", EmbeddingRequest.class),

	/**
	 * {@code embed(String)}.
	 */
	QUERY("embed", String.class),

	/**
	 * {@code embed(Document)}.
	 */
	DOCUMENT("embed", Document.class),

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

	private final Method method;

	EntryPoint(String name, Class<?>... parameters) {
		this.method = find(EmbeddingModel.class, name, parameters);
	}

	/**
	 * Find the methods that a model answers in its own way.
	 * @param model the model
	 * @return those that its class overrides
	 */
	static Set<EntryPoint> overriddenBy(EmbeddingModel model) {
		Set<EntryPoint> overridden = EnumSet.noneOf(EntryPoint.class);
		for (EntryPoint entryPoint : values()) {
			if (entryPoint.declaredBy(model) != EmbeddingModel.class) {
				overridden.add(entryPoint);
			}
		}
		return overridden;
	}

	/**
	 * Find whose method a model uses.
	 * @param model the model
	 * @return the class or interface, not that of a proxy
	 */
	Class<?> declaredBy(EmbeddingModel model) {
		Class<?> type = ClassUtils.getUserClass(model);
		return find(type, this.method.getName(), this.method.getParameterTypes()).getDeclaringClass();
	}

	private static Method find(Class<?> type, String name, Class<?>... parameters) {
		try {
			return type.getMethod(name, parameters);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("Every EmbeddingModel has the method " + name, ex);
		}
	}

}
