package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Takes a question apart into its words.
 */
final class WordReader {

	private static final String OPENING = "\"'([{\u201c\u2018\u00ab";

	private static final String CLOSING = "\"')]}\u201d\u2019\u00bb,;:.?!\u2026";

	private static final String SENTENCE_END = ".?!:";

	private static final Set<String> DASHES = Set.of("-", "--", "\u2013", "\u2014");

	/** The ordinals that as words are no mere numbers. */
	private static final Map<String, String> SHORT_ORDINALS = Map.of("1st", "first", "2nd", "second");

	/** Units that are others in other letters. */
	private static final Set<String> CASED_UNITS = Set.of("mw", "mb", "gb", "kb", "tb", "ma", "mv", "mj", "mm", "mg",
			"mhz", "nm", "pa", "m", "k", "g", "b");

	/** At the end of a number, letters of which the case counts. */
	private static final String CASED_ENDINGS = "mkgb";

	private final List<Word> words = new ArrayList<>();

	private final boolean casual;

	private boolean starts = true;

	private WordReader(boolean casual) {
		this.casual = casual;
	}

	/**
	 * Return the words of a text.
	 * @param text any text
	 * @return its words in order
	 */
	static Word[] read(String text) {
		List<String> chunks = WordList.inOrder(text.replace('\u2019', '\''));
		WordReader reader = new WordReader(saysNothingByCase(chunks));
		chunks.forEach(reader::add);
		return reader.words.toArray(new Word[0]);
	}

	/**
	 * Tell whether names cannot be told by capital letters: nearly all words have them,
	 * as in a title.
	 */
	private static boolean saysNothingByCase(List<String> chunks) {
		List<String> words = chunks.stream()
			.skip(1)
			.filter((chunk) -> chunk.length() > 3 && Character.isLetter(chunk.charAt(0)))
			.toList();
		long capitals = words.stream().filter((word) -> Character.isUpperCase(word.charAt(0))).count();
		boolean shouted = words.stream().allMatch((word) -> word.equals(word.toUpperCase(Locale.ROOT)));
		return !words.isEmpty() && (shouted || (words.size() > 3 && capitals * 10 > words.size() * 7L));
	}

	private void add(String chunk) {
		int start = 0;
		int end = chunk.length();
		while (start < end && OPENING.indexOf(chunk.charAt(start)) >= 0) {
			start++;
		}
		while (end > start && CLOSING.indexOf(chunk.charAt(end - 1)) >= 0) {
			end--;
		}
		if (start == end) {
			this.starts |= !chunk.isEmpty() && SENTENCE_END.indexOf(chunk.charAt(chunk.length() - 1)) >= 0;
			return;
		}
		core(chunk.substring(start, end));
		this.starts = end < chunk.length() && SENTENCE_END.indexOf(chunk.charAt(end)) >= 0;
	}

	private void core(String core) {
		if (DASHES.contains(core)) {
			dash();
		}
		else if (core.equals("&")) {
			word("and");
		}
		else {
			Pieces.of(core).forEach(this::word);
		}
	}

	/** Between numbers and variables a dash is a minus. */
	private void dash() {
		Word before = last();
		if (before != null && (before.kind() == WordKind.NUMBER || before.stem().length() == 1)) {
			this.words.add(Word.of("-", WordKind.LITERAL));
		}
	}

	private void word(String piece) {
		String given = piece.toLowerCase(Locale.ROOT);
		String lower = SHORT_ORDINALS.getOrDefault(given, given);
		String number = number(piece, lower);
		if (number != null) {
			this.words.add(Word.of(number, WordKind.NUMBER));
		}
		else if (isLiteral(piece) && lower.equals(given)) {
			this.words.add(Word.of(isLanguage(piece) ? lower : piece, WordKind.LITERAL));
		}
		else if (isUnit(lower)) {
			this.words.add(Word.of(piece, WordKind.LITERAL));
		}
		else {
			this.words.add(plain(piece, lower));
		}
		this.starts = false;
	}

	private static @Nullable String number(String piece, String lower) {
		if (lower.chars().anyMatch(Character::isDigit)) {
			boolean cased = CASED_ENDINGS.indexOf(lower.charAt(lower.length() - 1)) >= 0;
			return Numerals.normalized(cased ? piece : lower);
		}
		String cardinal = NumberWords.cardinal(lower);
		return (cardinal != null) ? cardinal : NumberWords.ordinal(lower);
	}

	private static boolean isLiteral(String piece) {
		return !Character.isLetterOrDigit(piece.charAt(0))
				|| !piece.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '\'' || c == '-' || c == '.');
	}

	/** C++ and C# are the same in small letters. */
	private static boolean isLanguage(String piece) {
		return Character.isLetter(piece.charAt(0)) && piece.chars().skip(1).allMatch((c) -> c == '+' || c == '#');
	}

	/**
	 * The case of some units is part of them: mW and MW.
	 */
	private boolean isUnit(String lower) {
		Word before = last();
		return CASED_UNITS.contains(lower) && before != null && before.kind() == WordKind.NUMBER;
	}

	private @Nullable Word last() {
		return this.words.isEmpty() ? null : this.words.get(this.words.size() - 1);
	}

	private Word plain(String piece, String lower) {
		boolean acronym = !this.casual && isAcronym(piece);
		String dotless = acronym ? lower.replace(".", "") : lower;
		if (acronym && dotless.equals("us")) {
			return Word.of("usa", WordKind.CONTENT, true, Letters.SILENT);
		}
		if (acronym && EnglishWords.isGrammar(dotless)) {
			return Word.of(piece, WordKind.CONTENT, true, Letters.SILENT);
		}
		if (isLabel(piece)) {
			return Word.of(piece, WordKind.CONTENT, true, Letters.SILENT);
		}
		if (isMonth(piece, dotless)) {
			return Word.of(dotless, WordKind.CONTENT, true, Letters.SILENT);
		}
		if (dotless.endsWith("n't") || dotless.equals("cannot")) {
			return Word.of(Negations.CONTRACTED, WordKind.NEGATION);
		}
		int apostrophe = dotless.indexOf('\'');
		String base = (apostrophe > 0) ? dotless.substring(0, apostrophe) : dotless;
		WordKind kind = EnglishWords.kindOf(base);
		boolean inflected = kind == WordKind.CONTENT || kind == WordKind.LIGHT;
		boolean name = kind == WordKind.CONTENT && !this.casual && Character.isUpperCase(piece.charAt(0))
				&& (!this.starts || acronym);
		return Word.of(inflected ? Stems.of(base) : base, kind, name, letters(piece));
	}

	/** From A to B, vitamin A: a capital letter that is no article and no pronoun. */
	private boolean isLabel(String piece) {
		return piece.length() == 1 && !this.casual && !this.starts && Character.isUpperCase(piece.charAt(0))
				&& !piece.equals("I");
	}

	/** The one month whose name is a word of grammar. */
	private boolean isMonth(String piece, String lower) {
		Word before = last();
		return lower.equals("may") && ((before != null && before.kind() == WordKind.NUMBER)
				|| (!this.casual && !this.starts && piece.startsWith("M")));
	}

	private Letters letters(String piece) {
		if (this.casual || this.starts) {
			return Letters.SILENT;
		}
		return Character.isUpperCase(piece.charAt(0)) ? Letters.CAPITAL : Letters.SMALL;
	}

	private static boolean isAcronym(String piece) {
		int capitals = 0;
		for (int i = 0; i < piece.length(); i++) {
			char c = piece.charAt(i);
			if (Character.isUpperCase(c)) {
				capitals++;
			}
			else if (c != '.' && (c != 's' || i != piece.length() - 1)) {
				return false;
			}
		}
		return capitals > 1;
	}

}
