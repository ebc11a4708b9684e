package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * Reads the closed lists of words.
 */
final class WordList {

	private WordList() {
	}

	static Set<String> of(String words) {
		return Set.of(words.strip().split("\\s+"));
	}

}
