package io.modelcache.chat.semantic;

/**
 * Knows one way in which similar questions mean something else: pure and thread-safe.
 */
interface Guard {

	/**
	 * Return the name under which the guard is switched off and reported.
	 * @return a closed word in kebab case
	 */
	String name();

	/**
	 * Tell whether the answer to one of the questions must not serve for the other.
	 * @param comparison both questions, in either order
	 * @return whether it must not
	 */
	boolean refuses(Comparison comparison);

}
