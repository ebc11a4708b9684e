package io.modelcache.store;

import java.time.Instant;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Says which entries of a store are meant: those that meet every condition that is set.
 *
 * @param bean the name of the cache, or {@code null} for any
 * @param scope the digest of the scope, or {@code null} for any
 * @param tag a tag that the entry has, or {@code null} for any
 * @param createdBefore the time before which the entry was created, or {@code null} for
 * any
 */
public record Selector(@Nullable String bean, @Nullable Fingerprint scope, @Nullable String tag,
		@Nullable Instant createdBefore) {

	private static final Selector ALL = new Selector(null, null, null, null);

	/**
	 * Select every entry.
	 * @return the selector
	 */
	public static Selector all() {
		return ALL;
	}

	/**
	 * Select the entries of one cache only.
	 * @param bean the name of the cache
	 * @return a selector with this condition added
	 */
	public Selector withBean(String bean) {
		return new Selector(bean, this.scope, this.tag, this.createdBefore);
	}

	/**
	 * Select the entries of one scope only.
	 * @param scope the digest of the scope
	 * @return a selector with this condition added
	 */
	public Selector withScope(Fingerprint scope) {
		return new Selector(this.bean, scope, this.tag, this.createdBefore);
	}

	/**
	 * Select the entries with one tag only.
	 * @param tag the tag
	 * @return a selector with this condition added
	 */
	public Selector withTag(String tag) {
		return new Selector(this.bean, this.scope, tag, this.createdBefore);
	}

	/**
	 * Select the entries of a certain age only.
	 * @param createdBefore the time before which they were created
	 * @return a selector with this condition added
	 */
	public Selector withCreatedBefore(Instant createdBefore) {
		return new Selector(this.bean, this.scope, this.tag, createdBefore);
	}

	/**
	 * Tell whether an entry is meant.
	 * @param entry the entry
	 * @return whether it meets every condition
	 */
	public boolean matches(StoredEntry entry) {
		return (this.bean == null || this.bean.equals(entry.bean()))
				&& (this.scope == null || this.scope.equals(entry.scope()))
				&& (this.tag == null || entry.tags().contains(this.tag))
				&& (this.createdBefore == null || entry.createdAt().isBefore(this.createdBefore));
	}

}
