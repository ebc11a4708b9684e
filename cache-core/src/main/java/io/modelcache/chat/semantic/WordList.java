package io.modelcache.chat.semantic;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the closed lists of words.
 */
final class WordList {

	private static final Pattern SPACE = Pattern.compile("\\s+");

	private WordList() {
	}

	static Set<String> of(String words) {
		return Set.copyOf(inOrder(words));
	}

	static List<String> inOrder(String words) {
		return List.of(SPACE.split(words.strip()));
	}

}
