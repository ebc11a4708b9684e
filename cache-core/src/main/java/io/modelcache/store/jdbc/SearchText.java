package io.modelcache.store.jdbc;

import java.util.Arrays;
import java.util.List;

/**
 * What somebody looks for among the questions.
 */
final class SearchText {

	private static final int MOST_WORDS = 20;

	private static final int LONGEST_WORD = 200;

	private SearchText() {
	}

	/**
	 * Cut a text into words; many words and long ones are cut off.
	 */
	static List<String> words(String text) {
		return Arrays.stream(text.replace('\0', ' ').trim().split("\\s+", MOST_WORDS + 1))
			.limit(MOST_WORDS)
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.substring(0, Math.min(word.length(), LONGEST_WORD)))
			.toList();
	}

}
