package io.modelcache.autoconfigure;

import java.util.List;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;

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

	/**
	 * What the container calls on the bean as everybody sees it, not on the model inside.
	 */
	private static final List<Class<?>> CALLBACKS = List.of(Lifecycle.class, ApplicationListener.class,
			SmartInitializingSingleton.class);

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
	 * Return why a decorator would hide something of a class that must not be hidden.
	 * @return the reason, or {@code null} if a decorator does no harm
	 */
	static @Nullable String conflict(Class<?> type) {
		if (CHAT.model.isAssignableFrom(type) && EMBEDDING.model.isAssignableFrom(type)) {
			return "it is a chat model and an embedding model at once";
		}
		for (Class<?> callback : CALLBACKS) {
			if (callback.isAssignableFrom(type)) {
				return "it also implements %s, which the container would not call through a cache"
					.formatted(callback.getSimpleName());
			}
		}
		return null;
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
