package io.modelcache.store.redis;

/**
 * The server is not one that has vector sets.
 */
public final class VectorSetsMissingException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	VectorSetsMissingException() {
		super("The Redis server has no vector sets, which come with Redis 8: use such a server, "
				+ "or keep the index of the semantic cache in this JVM by modelcache.semantic.index=embedded");
	}

}
