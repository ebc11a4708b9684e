package io.modelcache.chat.semantic;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Contractions of which it is sure what they stand for.
 */
final class Contractions {

	private static final Map<String, String> SURE = Map.ofEntries(Map.entry("can't", "cannot"),
			Map.entry("won't", "will not"), Map.entry("don't", "do not"), Map.entry("doesn't", "does not"),
			Map.entry("didn't", "did not"), Map.entry("isn't", "is not"), Map.entry("aren't", "are not"),
			Map.entry("wasn't", "was not"), Map.entry("weren't", "were not"), Map.entry("haven't", "have not"),
			Map.entry("hasn't", "has not"), Map.entry("hadn't", "had not"), Map.entry("couldn't", "could not"),
			Map.entry("shouldn't", "should not"), Map.entry("wouldn't", "would not"), Map.entry("i'm", "I am"),
			Map.entry("i've", "I have"), Map.entry("i'll", "I will"), Map.entry("you're", "you are"),
			Map.entry("you've", "you have"), Map.entry("you'll", "you will"), Map.entry("we're", "we are"),
			Map.entry("we've", "we have"), Map.entry("we'll", "we will"), Map.entry("they're", "they are"),
			Map.entry("they've", "they have"), Map.entry("they'll", "they will"), Map.entry("dont", "do not"),
			Map.entry("doesnt", "does not"), Map.entry("didnt", "did not"), Map.entry("isnt", "is not"));

	private static final Map<String, String> IS_OR_HAS = Map.ofEntries(Map.entry("what's", "what is"),
			Map.entry("whats", "what is"), Map.entry("where's", "where is"), Map.entry("who's", "who is"),
			Map.entry("how's", "how is"), Map.entry("when's", "when is"), Map.entry("why's", "why is"),
			Map.entry("that's", "that is"), Map.entry("there's", "there is"), Map.entry("it's", "it is"),
			Map.entry("he's", "he is"), Map.entry("she's", "she is"));

	private static final Set<String> AFTER_HAS = WordList
		.of("been got gotten gone become had done made taken given seen come happened changed left");

	private Contractions() {
	}

	static String expanded(String word, String next) {
		if (word.indexOf('\'') < 0 && word.length() > 6) {
			return word;
		}
		String lower = word.toLowerCase(Locale.ROOT);
		boolean shouted = word.length() > 1 && !word.substring(1).equals(lower.substring(1));
		if (shouted) {
			return word;
		}
		String sure = SURE.get(lower);
		if (sure != null) {
			return sure;
		}
		boolean has = AFTER_HAS.contains(next) || next.endsWith("ed");
		return has ? word : IS_OR_HAS.getOrDefault(lower, word);
	}

}
