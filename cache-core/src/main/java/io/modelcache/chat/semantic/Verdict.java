package io.modelcache.chat.semantic;

import org.jspecify.annotations.Nullable;

/**
 * Whether the answer to one question serves for another.
 *
 * @param accepted whether it does
 * @param guard the closed name of the guard that refused, or {@code threshold};
 * {@code null} when accepted
 */
record Verdict(boolean accepted, @Nullable String guard) {

	/**
	 * The name in the verdict when the questions are not similar enough.
	 */
	static final String THRESHOLD = "threshold";

	static final Verdict ACCEPTED = new Verdict(true, null);

	static final Verdict TOO_FAR = refusedBy(THRESHOLD);

	static Verdict refusedBy(String guard) {
		return new Verdict(false, guard);
	}

}
