package io.modelcache.chat.semantic;

/**
 * What the capital letter of a word says.
 */
enum Letters {

	/**
	 * Nothing: the word begins a sentence, or all or no words have one.
	 */
	SILENT,

	/**
	 * The word has none.
	 */
	SMALL,

	/**
	 * The word has one inside a sentence.
	 */
	CAPITAL

}
