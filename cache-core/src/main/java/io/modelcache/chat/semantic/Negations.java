package io.modelcache.chat.semantic;

import org.jspecify.annotations.Nullable;

/**
 * Finds the words that deny.
 */
final class Negations {

	/**
	 * How a contracted "not" is written; it stands at the verb, not at what it denies.
	 */
	static final String CONTRACTED = "n't";

	private Negations() {
	}

	static int count(Word[] words) {
		int count = 0;
		for (Word word : words) {
			count += (word.kind() == WordKind.NEGATION) ? 1 : 0;
		}
		return count;
	}

	static boolean anyFree(Comparison comparison) {
		return anyFree(comparison.asked()) || anyFree(comparison.cached());
	}

	private static boolean anyFree(Word[] words) {
		for (Word word : words) {
			if (isFree(word)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isFree(Word word) {
		return word.kind() == WordKind.NEGATION && !word.stem().equals(CONTRACTED);
	}

	static @Nullable Word nextOfContent(Word[] words, int from) {
		for (int i = from; i < words.length; i++) {
			if (words[i].specific() || words[i].kind() == WordKind.LIGHT) {
				return words[i];
			}
		}
		return null;
	}

}
