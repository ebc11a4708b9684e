package io.modelcache.chat.semantic;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Leaves out of a question what cannot change its meaning, and nothing else.
 * <p>
 * Unicode is composed (NFC, never NFKC), runs of spaces become one, typographic quotes
 * become plain, one final mark falls, and so do courtesies; contractions are written out,
 * number words become digits, and a function word at the start loses its capital. A
 * symbol that touches anything else stays where it is.
 */
final class Canonicalizer {

	private static final Pattern SPACES = Pattern.compile("[ \\u00a0\\u202f]+");

	/** A courtesy may stand inside another. */
	private static final int MOST_ROUNDS = 20;

	private Canonicalizer() {
	}

	static String canonical(String text) {
		String composed = plainQuotes(Normalizer.normalize(text, Normalizer.Form.NFC)).strip();
		if (isLayout(composed)) {
			return composed;
		}
		String line = SPACES.matcher(composed).replaceAll(" ").strip();
		for (int i = 0; i < MOST_ROUNDS; i++) {
			String shorter = words(FinalMark.without(Courtesies.without(FinalMark.without(line))));
			if (shorter.equals(line)) {
				break;
			}
			line = shorter;
		}
		return line;
	}

	/**
	 * Spaces inside code, quotations and several lines may matter.
	 */
	private static boolean isLayout(String text) {
		return text.chars().anyMatch((c) -> c == '\n' || c == '\r' || c == '\t' || c == '`')
				|| (text.indexOf('"') >= 0 && text.contains("  "));
	}

	private static String plainQuotes(String text) {
		return text.replace('\u2019', '\'').replace('\u2018', '\'').replace('\u201c', '"').replace('\u201d', '"');
	}

	private static String words(String line) {
		List<String> words = WordList.inOrder(line);
		List<String> canonical = new ArrayList<>(words.size() + 2);
		boolean quoted = false;
		for (int i = 0; i < words.size(); i++) {
			quoted ^= (words.get(i).chars().filter((c) -> c == '"').count() % 2) != 0;
			if (quoted) {
				canonical.add(words.get(i));
				continue;
			}
			String next = (i + 1 < words.size()) ? words.get(i + 1) : "";
			String word = (i == 0) ? firstWord(words.get(0)) : words.get(i);
			canonical
				.add(NumberInContext.digits(Contractions.expanded(word, next), (i > 0) ? words.get(i - 1) : "", next));
		}
		return String.join(" ", canonical);
	}

	/**
	 * A word of grammar has its capital from its place alone; any other may be a name.
	 */
	private static String firstWord(String word) {
		String lower = word.toLowerCase(Locale.ROOT);
		boolean capitalised = word.length() > 1 && word.substring(1).equals(lower.substring(1));
		return (capitalised && Openers.startAQuestion(lower)) ? lower : word;
	}

}
