package io.modelcache.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a {@link CacheStore#scan scan}.
 *
 * @param entries the entries of this page
 * @param next the cursor of the next page, or {@code null} after the last one
 */
public record ScanPage(List<StoredEntry> entries, @Nullable String next) {

	/**
	 * Copy the entries.
	 */
	public ScanPage {
		entries = List.copyOf(entries);
	}

}
