package io.modelcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * For whom and how long an answer is kept, and under which labels.
 *
 * @param scope the digest of the scope
 * @param ttl how long the answer is fresh, from the moment of storing, or {@code null}
 * for ever
 * @param staleRetention how long it is kept after that
 * @param tags its labels
 * @param question the text of the question, if it is to be stored for people to read
 */
public record EntryTerms(Fingerprint scope, @Nullable Duration ttl, Duration staleRetention, Set<String> tags,
		@Nullable String question) {

	/**
	 * Keep an answer without the text of its question.
	 * @param scope the digest of the scope
	 * @param ttl how long the answer is fresh, or {@code null} for ever
	 * @param staleRetention how long it is kept after that
	 * @param tags its labels
	 */
	public EntryTerms(Fingerprint scope, @Nullable Duration ttl, Duration staleRetention, Set<String> tags) {
		this(scope, ttl, staleRetention, tags, null);
	}

	/**
	 * Keep an answer for everybody, without labels and not beyond its time.
	 * @param ttl how long it is fresh, or {@code null} for ever
	 * @return the terms
	 */
	public static EntryTerms shared(@Nullable Duration ttl) {
		return new EntryTerms(CacheScope.SHARED, ttl, Duration.ZERO, Set.of());
	}

	/**
	 * Keep an answer as one call wants it.
	 * @param scope the digest of the scope
	 * @param ttl how long it is fresh unless the call says otherwise, or {@code null} for
	 * ever
	 * @param staleRetention how long it is kept after that at least
	 * @param directives what the call wants
	 * @return the terms
	 */
	public static EntryTerms of(Fingerprint scope, @Nullable Duration ttl, Duration staleRetention,
			CacheDirectives directives) {
		Duration retention = longest(staleRetention,
				longest(directives.staleIfError(), directives.staleWhileRevalidate()));
		return new EntryTerms(scope, (directives.ttl() != null) ? directives.ttl() : ttl, retention, directives.tags());
	}

	/**
	 * Store the text of the question too.
	 * @param question the text, or {@code null} for none
	 * @return the terms with it
	 */
	public EntryTerms withQuestion(@Nullable String question) {
		return new EntryTerms(this.scope, this.ttl, this.staleRetention, this.tags, question);
	}

	/**
	 * Show everything but the question.
	 */
	@Override
	public String toString() {
		return "EntryTerms[scope=%s, ttl=%s, staleRetention=%s, tags=%s]".formatted(this.scope, this.ttl,
				this.staleRetention, this.tags);
	}

	private static Duration longest(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	Instant freshUntil(Instant now) {
		return (this.ttl != null) ? end(now, this.ttl) : StoredEntry.NEVER;
	}

	Instant keepUntil(Instant freshUntil) {
		if (this.staleRetention.isZero() || StoredEntry.NEVER.equals(freshUntil)) {
			return freshUntil;
		}
		return end(freshUntil, this.staleRetention);
	}

	/**
	 * A distance that reaches beyond the end of time is for ever.
	 */
	private static Instant end(Instant start, Duration distance) {
		long millis;
		try {
			millis = Math.addExact(start.toEpochMilli(), distance.toMillis());
		}
		catch (ArithmeticException ex) {
			return StoredEntry.NEVER;
		}
		return Instant.ofEpochMilli(millis);
	}

}
