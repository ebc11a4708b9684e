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
	CHAT("chat model", ChatModel.class, CachingChatModel.class),

	/**
	 * An {@link EmbeddingModel}.
	 */
	EMBEDDING("embedding model", EmbeddingModel.class, CachingEmbeddingModel.class);

	private final String label;

	private final Class<?> model;

	private final Class<?> decorator;

	ModelKind(String label, Class<?> model, Class<?> decorator) {
		this.label = label;
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
	 * Tell whether a class is a model of both kinds, so that either decorator would hide
	 * half of it.
	 */
	static boolean isBoth(Class<?> type) {
		return CHAT.model.isAssignableFrom(type) && EMBEDDING.model.isAssignableFrom(type);
	}

	Class<?> model() {
		return this.model;
	}

	Class<?> decorator() {
		return this.decorator;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
