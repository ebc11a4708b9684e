package io.modelcache.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@link CacheStore}: bytes, the times between which they are of use, and
 * the labels by which they are found again.
 * <p>
 * The payload is not copied, neither here nor by an accessor: whoever holds an entry
 * treats it as immutable. Times are cut to milliseconds. Labels, which are the bean and
 * the tags, and the question are kept such that every database can hold them: without NUL
 * characters and unpaired surrogates. A {@linkplain #requireLabel label} that has them is
 * refused, in a question they are replaced by U+FFFD.
 *
 * @param fingerprint the key
 * @param payload the bytes, opaque to the store
 * @param createdAt when the payload was made
 * @param freshUntil the end of the time in which the entry answers without further ado,
 * or {@link #NEVER}
 * @param keepUntil the end of the time in which the store keeps it; not before
 * {@code freshUntil}, later only if stale entries are of use
 * @param bean the name of the cache that the entry belongs to
 * @param scope the digest of the scope, such as a tenant, that the entry belongs to
 * @param tags the labels that the caller gave it; may be empty
 * @param question the text of the question for people to read, if it is to be stored
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and nobody changes it
public record StoredEntry(Fingerprint fingerprint, byte[] payload, Instant createdAt, Instant freshUntil,
		Instant keepUntil, String bean, Fingerprint scope, Set<String> tags, @Nullable String question) {

	/**
	 * The end of an entry that does not expire: {@link Long#MAX_VALUE} milliseconds after
	 * the epoch.
	 */
	public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

	/**
	 * The number of characters that a label has at most, so that every database can index
	 * it.
	 */
	public static final int MAX_LABEL = 255;

	private static final int OVERHEAD = 256;

	private static final char REPLACEMENT = '\ufffd';

	/**
	 * Check the components.
	 * @throws IllegalArgumentException if {@code keepUntil} is before {@code freshUntil},
	 * a time is beyond {@link #NEVER} or a label is not allowed
	 */
	public StoredEntry {
		Objects.requireNonNull(fingerprint, "'fingerprint' must not be null");
		Objects.requireNonNull(payload, "'payload' must not be null");
		Objects.requireNonNull(scope, "'scope' must not be null");
		createdAt = millis("createdAt", createdAt);
		freshUntil = millis("freshUntil", freshUntil);
		keepUntil = millis("keepUntil", keepUntil);
		bean = requireLabel(bean);
		tags = Set.copyOf(tags);
		tags.forEach(StoredEntry::requireLabel);
		question = (question != null) ? clean(question) : null;
		if (keepUntil.isBefore(freshUntil)) {
			throw new IllegalArgumentException("'keepUntil' must not be before 'freshUntil'");
		}
	}

	/**
	 * Check a label.
	 * @param label the name of a cache, or a tag
	 * @return the label
	 * @throws IllegalArgumentException if it has more than {@value #MAX_LABEL}
	 * characters, a NUL character or an unpaired surrogate
	 */
	public static String requireLabel(String label) {
		if (label.length() > MAX_LABEL) {
			throw new IllegalArgumentException(
					"A label has at most %d characters, not %d".formatted(MAX_LABEL, label.length()));
		}
		if (firstUnstorable(label, 0) < label.length()) {
			throw new IllegalArgumentException("A label must have neither NUL characters nor unpaired surrogates");
		}
		return label;
	}

	private static String clean(String text) {
		int index = firstUnstorable(text, 0);
		if (index == text.length()) {
			return text;
		}
		StringBuilder cleaned = new StringBuilder(text);
		for (; index < text.length(); index = firstUnstorable(text, index + 1)) {
			cleaned.setCharAt(index, REPLACEMENT);
		}
		return cleaned.toString();
	}

	private static int firstUnstorable(String text, int start) {
		int index = start;
		while (index < text.length()) {
			int codePoint = text.codePointAt(index);
			if (codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
				return index;
			}
			index += Character.charCount(codePoint);
		}
		return text.length();
	}

	private static Instant millis(String name, Instant time) {
		Objects.requireNonNull(time, () -> "'%s' must not be null".formatted(name));
		try {
			Instant cut = Instant.ofEpochMilli(time.toEpochMilli());
			return cut.equals(time) ? time : cut;
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("'%s' must not be beyond NEVER".formatted(name), ex);
		}
	}

	/**
	 * Return the room that this entry takes in memory.
	 * @return an estimate in bytes
	 */
	public int weight() {
		long weight = (long) OVERHEAD + this.payload.length;
		for (String tag : this.tags) {
			weight += 2L * tag.length() + OVERHEAD / 4;
		}
		weight += (this.question != null) ? 2L * this.question.length() : 0;
		return (int) Math.min(weight, Integer.MAX_VALUE);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return (other instanceof StoredEntry that) && this.fingerprint.equals(that.fingerprint)
				&& Arrays.equals(this.payload, that.payload) && this.createdAt.equals(that.createdAt)
				&& this.freshUntil.equals(that.freshUntil) && this.keepUntil.equals(that.keepUntil)
				&& this.bean.equals(that.bean) && this.scope.equals(that.scope) && this.tags.equals(that.tags)
				&& Objects.equals(this.question, that.question);
	}

	@Override
	public int hashCode() {
		return this.fingerprint.hashCode();
	}

	/**
	 * Show the labels of this entry, neither its payload nor its question.
	 */
	@Override
	public String toString() {
		return "StoredEntry[%s, %d bytes, bean=%s, createdAt=%s, freshUntil=%s]".formatted(this.fingerprint.id(),
				this.payload.length, this.bean, this.createdAt,
				NEVER.equals(this.freshUntil) ? "never" : this.freshUntil);
	}

}
