package io.modelcache.autoconfigure;

import io.modelcache.chat.semantic.SemanticIndex;

/**
 * Makes an index of questions that is elsewhere; a bean of this type exists if its
 * library is there.
 */
interface SemanticIndexFactory {

	/**
	 * Check that the index can be made, without making it.
	 * @param property the property that asks for it
	 * @throws ProviderUnavailableException if it cannot be made
	 */
	void check(String property);

	/**
	 * Make the index, once and only if a model uses it.
	 */
	SemanticIndex create();

}
