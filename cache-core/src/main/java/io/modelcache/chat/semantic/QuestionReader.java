package io.modelcache.chat.semantic;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads questions: their canonical form, whether a similar one may answer, and what the
 * guards look at. Immutable and thread-safe.
 */
final class QuestionReader {

	private static final Pattern SPACE = Pattern.compile("\\s+");

	private static final Pattern MARKS = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

	/** Embedders count tokens: a word that is longer than this counts for several. */
	private static final int CHARACTERS_PER_WORD = 7;

	private final SemanticRules rules;

	QuestionReader(SemanticRules rules) {
		this.rules = rules;
	}

	/**
	 * Read a question.
	 * @param text any text
	 * @return what was read
	 */
	ReadQuestion read(String text) {
		String stripped = text.strip();
		if (stripped.isEmpty()) {
			return ReadQuestion.exactOnly(text, "blank");
		}
		if (isLong(stripped)) {
			return ReadQuestion.exactOnly(text, "too-long");
		}
		String[] plain = plainWords(stripped);
		if (!EnglishDetector.isSure(plain)) {
			return ReadQuestion.exactOnly(text, "language");
		}
		String canonical = Canonicalizer.canonical(stripped);
		return new ReadQuestion(text, canonical, null, whyNotSimilar(canonical), WordReader.read(canonical));
	}

	private boolean isLong(String stripped) {
		long limit = (long) this.rules.maxInput() * CHARACTERS_PER_WORD;
		return stripped.length() > limit || SPACE.split(stripped).length > this.rules.maxInput();
	}

	private static @Nullable String whyNotSimilar(String canonical) {
		return Bypasses.reason(plainWords(canonical));
	}

	private static String[] plainWords(String text) {
		return Arrays.stream(SPACE.split(text.replace('\u2019', '\'')))
			.map((word) -> MARKS.matcher(word).replaceAll("").toLowerCase(Locale.ROOT))
			.filter((word) -> !word.isEmpty())
			.toArray(String[]::new);
	}

}
