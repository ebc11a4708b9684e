package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Takes a question apart into its words.
 */
final class WordReader {

	private static final String OPENING = "\"'([{<\u201c\u2018\u00ab*_";

	private static final String CLOSING = "\"')]}>\u201d\u2019\u00bb,;:.?!\u2026*_";

	private static final String SENTENCE_END = ".?!:";

	/** Acronyms that in lower case are words of grammar. */
	private static final Set<String> ACRONYMS = Set.of("us", "it", "who", "am", "is");

	/** Units that are others in other letters. */
	private static final Set<String> CASED_UNITS = Set.of("mw", "mb", "gb", "kb", "tb", "ma", "mv", "mj", "mm", "mg",
			"mhz", "nm", "pa", "m", "k", "g", "b");

	private static final Set<String> DASHES = Set.of("-", "--", "\u2013", "\u2014");

	private static final Set<String> ORDINAL_ENDINGS = Set.of("st", "nd", "rd", "th");

	private final List<Word> words = new ArrayList<>();

	private final boolean casual;

	private boolean starts = true;

	private WordReader(boolean casual) {
		this.casual = casual;
	}

	/**
	 * Return the words of a text.
	 * @param text a text with typewriter quotes
	 * @return its words in order
	 */
	static Word[] read(String text) {
		String[] pieces = text.replace('\u2019', '\'').strip().split("\\s+");
		WordReader reader = new WordReader(saysNothingByCase(pieces));
		for (String piece : pieces) {
			reader.add(piece);
		}
		return reader.words.toArray(new Word[0]);
	}

	/**
	 * Tell whether names cannot be told by capital letters: all words have them, as in a
	 * title.
	 */
	private static boolean saysNothingByCase(String[] pieces) {
		int capitals = 0;
		int letters = 0;
		for (int i = 1; i < pieces.length; i++) {
			if (Character.isLetter(pieces[i].charAt(0)) && pieces[i].length() > 3) {
				letters++;
				capitals += Character.isUpperCase(pieces[i].charAt(0)) ? 1 : 0;
			}
		}
		return letters > 3 && capitals * 10 > letters * 7;
	}

	private void add(String piece) {
		int start = 0;
		int end = piece.length();
		while (start < end && OPENING.indexOf(piece.charAt(start)) >= 0) {
			start++;
		}
		while (end > start && CLOSING.indexOf(piece.charAt(end - 1)) >= 0) {
			end--;
		}
		if (start < end) {
			split(piece.substring(start, end));
			this.starts = end < piece.length() && SENTENCE_END.indexOf(piece.charAt(end)) >= 0;
		}
		else if (start > 0 || end < piece.length()) {
			this.starts |= SENTENCE_END.indexOf(piece.charAt(piece.length() - 1)) >= 0;
		}
	}

	/**
	 * Words joined by a hyphen, a slash or a comma are words of their own, and so are a
	 * number and its unit.
	 */
	private void split(String core) {
		if (core.equals("&")) {
			word("and");
			return;
		}
		if (DASHES.contains(core)) {
			dash();
			return;
		}
		if (NumberWords.cardinal(core.toLowerCase(Locale.ROOT)) != null) {
			word(core);
			return;
		}
		int from = 0;
		boolean plain = isPlain(core);
		for (int i = 1; i < core.length() - 1; i++) {
			char c = core.charAt(i);
			if (joins(c) && plain
					&& (Character.isLetter(core.charAt(i - 1)) || Character.isLetter(core.charAt(i + 1)))) {
				piece(core.substring(from, i));
				from = i + 1;
			}
		}
		piece(core.substring(from));
	}

	/** Between numbers and variables a dash is a minus. */
	private void dash() {
		Word before = this.words.isEmpty() ? null : this.words.get(this.words.size() - 1);
		if (before != null && (before.kind() == WordKind.NUMBER || before.stem().length() == 1)) {
			this.words.add(Word.of("-", WordKind.LITERAL));
		}
	}

	private static boolean joins(char c) {
		return c == '-' || c == '/' || c == '\u2013' || c == ',' || c == ';' || c == '&';
	}

	private static boolean isPlain(String core) {
		return core.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '\'' || c == '.' || joins((char) c))
				&& Character.isLetterOrDigit(core.charAt(0));
	}

	private void piece(String piece) {
		int digits = 0;
		while (digits < piece.length()
				&& (Character.isDigit(piece.charAt(digits)) || (digits > 0 && ".,".indexOf(piece.charAt(digits)) >= 0
						&& digits + 1 < piece.length() && Character.isDigit(piece.charAt(digits + 1))))) {
			digits++;
		}
		String unit = piece.substring(digits);
		boolean measured = digits > 0 && unit.length() > 1 && unit.chars().allMatch(Character::isLetter)
				&& !ORDINAL_ENDINGS.contains(unit);
		if (measured) {
			word(piece.substring(0, digits));
			word(unit);
		}
		else {
			word(piece);
		}
	}

	private void word(String core) {
		if (core.isEmpty()) {
			return;
		}
		String lower = core.toLowerCase(Locale.ROOT);
		String number = number(core, lower);
		if (number != null) {
			this.words.add(Word.of(number, WordKind.NUMBER));
		}
		else if (isLiteral(core) || isUnit(core, lower)) {
			boolean language = core.length() > 1 && Character.isLetter(core.charAt(0))
					&& core.chars().skip(1).allMatch((c) -> c == '+' || c == '#');
			this.words.add(Word.of(language ? lower : core, WordKind.LITERAL));
		}
		else {
			plain(core, lower);
		}
		this.starts = false;
	}

	private static @Nullable String number(String core, String lower) {
		if (lower.chars().anyMatch(Character::isDigit)) {
			return Numerals.normalized("mkgb".indexOf(lower.charAt(lower.length() - 1)) < 0 ? lower : core);
		}
		String cardinal = NumberWords.cardinal(lower);
		return (cardinal != null) ? cardinal : NumberWords.ordinal(lower);
	}

	private static boolean isLiteral(String core) {
		return !core.chars().allMatch((c) -> Character.isLetter(c) || c == '\'' || c == '-' || c == '.')
				|| core.charAt(0) == '.' || core.charAt(0) == '-';
	}

	/**
	 * The case of some units is part of them: mW and MW.
	 */
	private boolean isUnit(String core, String lower) {
		return CASED_UNITS.contains(lower) && !this.words.isEmpty()
				&& this.words.get(this.words.size() - 1).kind() == WordKind.NUMBER;
	}

	private void plain(String core, String lower) {
		String dotless = (core.indexOf('.') > 0 && isAcronym(core)) ? lower.replace(".", "") : lower;
		boolean acronym = isAcronym(core);
		if (dotless.equals("us") && acronym) {
			this.words.add(Word.of("usa", WordKind.CONTENT, true, Letters.SILENT));
			return;
		}
		int contracted = dotless.indexOf("n't");
		if (contracted > 0 && contracted == dotless.length() - 3 || dotless.equals("cannot")) {
			this.words.add(Word.of("n't", WordKind.NEGATION));
			return;
		}
		int apostrophe = dotless.indexOf('\'');
		String base = (apostrophe > 0) ? dotless.substring(0, apostrophe) : dotless;
		WordKind kind = kindOf(base, acronym && base.length() > 1);
		String stem = (kind == WordKind.CONTENT || kind == WordKind.LIGHT) ? Stems.of(base) : base;
		if (kind == WordKind.CONTENT && EnglishWords.LIGHT.contains(stem)) {
			kind = WordKind.LIGHT;
		}
		boolean name = !this.casual && kind == WordKind.CONTENT && Character.isUpperCase(core.charAt(0))
				&& (!this.starts || acronym);
		this.words.add(Word.of(stem, kind, name, letters(core)));
	}

	private Letters letters(String core) {
		if (this.casual || this.starts) {
			return Letters.SILENT;
		}
		return Character.isUpperCase(core.charAt(0)) ? Letters.CAPITAL : Letters.SMALL;
	}

	private WordKind kindOf(String lower, boolean acronym) {
		if (acronym && ACRONYMS.contains(lower) && !this.casual) {
			return WordKind.CONTENT;
		}
		if (EnglishWords.NEGATION.contains(lower)) {
			return WordKind.NEGATION;
		}
		if (EnglishWords.QUESTION.contains(lower)) {
			return WordKind.QUESTION;
		}
		if (EnglishWords.RELATION.contains(lower)) {
			return WordKind.RELATION;
		}
		if (EnglishWords.FUNCTION.contains(lower)) {
			return WordKind.FUNCTION;
		}
		return EnglishWords.LIGHT.contains(lower) ? WordKind.LIGHT : WordKind.CONTENT;
	}

	private static boolean isAcronym(String core) {
		int capitals = 0;
		for (int i = 0; i < core.length(); i++) {
			char c = core.charAt(i);
			if (Character.isUpperCase(c)) {
				capitals++;
			}
			else if (c != '.' && !(c == 's' && i == core.length() - 1)) {
				return false;
			}
		}
		return capitals > 1;
	}

}
