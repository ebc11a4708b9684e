package io.modelcache.autoconfigure;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * The kinds of models that can be decorated.
 */
enum ModelKind {

	/**
	 * A {@link ChatModel}.
	 */
	CHAT("chat", ChatModel.class, CachingChatModel.class),

	/**
	 * An {@link EmbeddingModel}.
	 */
	EMBEDDING("embedding", EmbeddingModel.class, CachingEmbeddingModel.class);

	private final String property;

	private final Class<?> model;

	private final Class<?> decorator;

	ModelKind(String property, Class<?> model, Class<?> decorator) {
		this.property = property;
		this.model = model;
		this.decorator = decorator;
	}

	/**
	 * Return the kind of a class.
	 * @return the kind, or {@code null} if it is no model or one of ours
	 */
	static @Nullable ModelKind of(Class<?> type) {
		for (ModelKind kind : values()) {
			if (kind.model.isAssignableFrom(type)) {
				return kind.decorator.isAssignableFrom(type) ? null : kind;
			}
		}
		return null;
	}

	/**
	 * Return the name of the interface by which a class is best injected.
	 */
	static String nameOf(Class<?> type) {
		ModelKind kind = of(type);
		return (kind != null) ? kind.model.getSimpleName() : "ChatModel or EmbeddingModel";
	}

	/**
	 * Tell whether a class is a model of every kind at once.
	 */
	static boolean isEvery(Class<?> type) {
		return CHAT.model.isAssignableFrom(type) && EMBEDDING.model.isAssignableFrom(type);
	}

	/**
	 * Return the name of the group of properties for all models of this kind.
	 */
	String property() {
		return this.property;
	}

	Class<?> model() {
		return this.model;
	}

	Class<?> decorator() {
		return this.decorator;
	}

	@Override
	public String toString() {
		return this.property + " model";
	}

}
