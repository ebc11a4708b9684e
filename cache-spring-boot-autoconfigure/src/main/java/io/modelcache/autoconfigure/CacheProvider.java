package io.modelcache.autoconfigure;

import java.util.Locale;

/**
 * Where the answers are kept.
 */
enum CacheProvider {

	/**
	 * On the heap of this JVM.
	 */
	CAFFEINE,

	/**
	 * In a table of a relational database.
	 */
	JDBC,

	/**
	 * In Redis.
	 */
	REDIS,

	/**
	 * Where {@code modelcache.semantic.store} says, and found again by meaning.
	 */
	SEMANTIC,

	/**
	 * In the application's own bean of type {@link io.modelcache.store.CacheStore}.
	 */
	CUSTOM,

	/**
	 * Nowhere: the model is not cached.
	 */
	NONE;

	/**
	 * Return this provider as it is written in a property.
	 * @return the name in lower case
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
