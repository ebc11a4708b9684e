package io.modelcache.chat;

/**
 * What to do with calls that ask for variety by setting a temperature above zero.
 */
public enum NonDeterministic {

	/**
	 * Cache them like all others: the first answer is frozen.
	 */
	CACHE,

	/**
	 * Leave the cache aside.
	 */
	BYPASS

}
