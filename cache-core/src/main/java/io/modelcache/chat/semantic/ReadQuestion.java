package io.modelcache.chat.semantic;

import org.jspecify.annotations.Nullable;

/**
 * A question as the semantic cache understands it; computed once, immutable.
 */
final class ReadQuestion {

	private final String text;

	private final String canonical;

	private final @Nullable String exactOnly;

	private final @Nullable String canonicalOnly;

	ReadQuestion(String text, String canonical, @Nullable String exactOnly, @Nullable String canonicalOnly) {
		this.text = text;
		this.canonical = canonical;
		this.exactOnly = exactOnly;
		this.canonicalOnly = canonicalOnly;
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

}
