package io.modelcache.chat.semantic;

/**
 * What a word contributes to the meaning of a question.
 */
enum WordKind {

	/**
	 * Names a thing, a property or an act: a question about another one is another
	 * question.
	 */
	CONTENT,

	/**
	 * A word so general that questions about the same thing differ in it.
	 */
	LIGHT,

	/**
	 * Relates other words: direction, order, quantity, degree.
	 */
	RELATION,

	/**
	 * Asks.
	 */
	QUESTION,

	/**
	 * Grammar alone.
	 */
	FUNCTION,

	/**
	 * Denies.
	 */
	NEGATION,

	/**
	 * A number, in digits or in words, with what is attached to it.
	 */
	NUMBER,

	/**
	 * Anything that holds a symbol: an id, a path, code, an amount of money.
	 */
	LITERAL

}
