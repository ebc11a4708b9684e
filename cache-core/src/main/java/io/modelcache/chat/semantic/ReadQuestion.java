package io.modelcache.chat.semantic;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A question as the semantic cache understands it; computed once, immutable.
 */
final class ReadQuestion {

	private final String text;

	private final String canonical;

	private final @Nullable String exactOnly;

	private final @Nullable String canonicalOnly;

	private final Word[] words;

	private final int asksFor;

	private final List<String> quotations;

	ReadQuestion(String text, String canonical, @Nullable String exactOnly, @Nullable String canonicalOnly,
			Word[] words) {
		this.text = text;
		this.canonical = canonical;
		this.exactOnly = exactOnly;
		this.canonicalOnly = canonicalOnly;
		this.words = words;
		this.asksFor = Asks.of(words);
		this.quotations = Quotations.in(text);
	}

	static ReadQuestion exactOnly(String text, String reason) {
		return new ReadQuestion(text, text, reason, null, new Word[0]);
	}

	String text() {
		return this.text;
	}

	/**
	 * Return the question without what cannot change its meaning.
	 * @return the normalised text
	 */
	String canonical() {
		return this.canonical;
	}

	/**
	 * Return why only the very same words may answer.
	 * @return {@code blank}, {@code too-long} or {@code language}, or {@code null}
	 */
	@Nullable String exactOnly() {
		return this.exactOnly;
	}

	/**
	 * Return why a question of the same canonical form may answer, but no similar one.
	 * @return {@code volatile}, {@code personal} or {@code acting}, or {@code null}
	 */
	@Nullable String canonicalOnly() {
		return this.canonicalOnly;
	}

	/**
	 * Return the words, which nobody may change.
	 */
	Word[] words() {
		return this.words;
	}

	/**
	 * Return what the question asks for.
	 * @return bits of {@link Asks}
	 */
	int asksFor() {
		return this.asksFor;
	}

	/**
	 * Return what the question quotes.
	 * @return the quotations without their marks, sorted
	 */
	List<String> quotations() {
		return this.quotations;
	}

}
