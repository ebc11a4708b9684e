package io.modelcache.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries for tests, from a plain one by changing what matters.
 */
public final class TestEntry {

	private Fingerprint fingerprint;

	private byte[] payload;

	private Instant createdAt;

	private Instant freshUntil;

	private Instant keepUntil;

	private String bean = "bean";

	private Fingerprint scope = scope("scope");

	private Set<String> tags = Set.of();

	private @Nullable String question;

	private TestEntry(Fingerprint fingerprint, byte[] payload, Instant createdAt, Instant freshUntil,
			Instant keepUntil) {
		this.fingerprint = fingerprint;
		this.payload = payload;
		this.createdAt = createdAt;
		this.freshUntil = freshUntil;
		this.keepUntil = keepUntil;
	}

	/**
	 * Start an entry that is fresh for an hour, without tags and question.
	 * @param name what gives the entry its fingerprint and its payload
	 * @param now the time of its creation
	 * @return the entry
	 */
	public static TestEntry of(String name, Instant now) {
		Instant end = now.plus(Duration.ofHours(1));
		return new TestEntry(fingerprint(name), name.getBytes(StandardCharsets.UTF_8), now, end, end);
	}

	/**
	 * Start from another entry.
	 * @param entry the entry
	 * @return a copy
	 */
	public static TestEntry copyOf(StoredEntry entry) {
		return new TestEntry(entry.fingerprint(), entry.payload(), entry.createdAt(), entry.freshUntil(),
				entry.keepUntil())
			.bean(entry.bean())
			.scope(entry.scope())
			.tags(entry.tags())
			.question(entry.question());
	}

	/**
	 * Return the fingerprint of an entry.
	 * @param name the name of the entry
	 * @return the fingerprint
	 */
	public static Fingerprint fingerprint(String name) {
		return CanonicalForm.of("entry", 1).text("name", name).fingerprint();
	}

	/**
	 * Return the digest of a scope.
	 * @param name the name of the scope
	 * @return the digest
	 */
	public static Fingerprint scope(String name) {
		return CanonicalForm.of("scope", 1).text("name", name).fingerprint();
	}

	public TestEntry fingerprint(Fingerprint fingerprint) {
		this.fingerprint = fingerprint;
		return this;
	}

	public TestEntry payload(byte[] payload) {
		this.payload = payload;
		return this;
	}

	/**
	 * Set all times by their distance from the time of creation.
	 * @param age how long ago the entry was created
	 * @param fresh how long it is fresh, {@code null} for ever
	 * @param keep how long it is kept, {@code null} for ever
	 * @return this entry
	 */
	public TestEntry times(Duration age, @Nullable Duration fresh, @Nullable Duration keep) {
		this.createdAt = this.createdAt.minus(age);
		this.freshUntil = (fresh != null) ? this.createdAt.plus(fresh) : StoredEntry.NEVER;
		this.keepUntil = (keep != null) ? this.createdAt.plus(keep) : StoredEntry.NEVER;
		return this;
	}

	public TestEntry bean(String bean) {
		this.bean = bean;
		return this;
	}

	public TestEntry scope(Fingerprint scope) {
		this.scope = scope;
		return this;
	}

	public TestEntry tags(String... tags) {
		return tags(Set.of(tags));
	}

	public TestEntry tags(Set<String> tags) {
		this.tags = tags;
		return this;
	}

	public TestEntry question(@Nullable String question) {
		this.question = question;
		return this;
	}

	TestEntry shiftedBy(Duration shift) {
		this.createdAt = this.createdAt.plus(shift);
		this.freshUntil = StoredEntry.NEVER.equals(this.freshUntil) ? this.freshUntil : this.freshUntil.plus(shift);
		this.keepUntil = StoredEntry.NEVER.equals(this.keepUntil) ? this.keepUntil : this.keepUntil.plus(shift);
		return this;
	}

	/**
	 * Make the entry.
	 * @return the entry
	 */
	public StoredEntry build() {
		return new StoredEntry(this.fingerprint, this.payload, this.createdAt, this.freshUntil, this.keepUntil,
				this.bean, this.scope, this.tags, this.question);
	}

}
