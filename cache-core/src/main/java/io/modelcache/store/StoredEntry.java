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
 * treats it as immutable. Times have a resolution of one millisecond.
 *
 * @param fingerprint the key
 * @param payload the bytes, opaque to the store
 * @param createdAt when the payload was made
 * @param freshUntil until when the entry answers without further ado, or {@link #NEVER}
 * @param keepUntil until when the store keeps it; not before {@code freshUntil}, later
 * only if stale entries are of use
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

	private static final int OVERHEAD = 256;

	/**
	 * Check the components.
	 * @throws IllegalArgumentException if {@code keepUntil} is before {@code freshUntil}
	 */
	public StoredEntry {
		Objects.requireNonNull(fingerprint, "'fingerprint' must not be null");
		Objects.requireNonNull(payload, "'payload' must not be null");
		Objects.requireNonNull(createdAt, "'createdAt' must not be null");
		Objects.requireNonNull(bean, "'bean' must not be null");
		Objects.requireNonNull(scope, "'scope' must not be null");
		tags = Set.copyOf(tags);
		if (keepUntil.isBefore(freshUntil)) {
			throw new IllegalArgumentException("'keepUntil' must not be before 'freshUntil'");
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
