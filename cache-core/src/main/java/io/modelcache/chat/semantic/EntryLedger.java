package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * All entries of the embedded index by their keys and in the order of their coming.
 * Guarded by the lock of the index.
 */
final class EntryLedger {

	private final Map<Fingerprint, IndexedEntry> entries = new HashMap<>();

	private @Nullable IndexedEntry oldest;

	private @Nullable IndexedEntry newest;

	/**
	 * Where the look for ended entries goes on.
	 */
	private @Nullable IndexedEntry cursor;

	int size() {
		return this.entries.size();
	}

	@Nullable IndexedEntry get(Fingerprint key) {
		return this.entries.get(key);
	}

	boolean has(IndexedEntry entry) {
		return this.entries.get(entry.key) == entry;
	}

	@Nullable IndexedEntry oldest() {
		return this.oldest;
	}

	void add(IndexedEntry entry) {
		this.entries.put(entry.key, entry);
		entry.older = this.newest;
		if (this.newest != null) {
			this.newest.newer = entry;
		}
		else {
			this.oldest = entry;
		}
		this.newest = entry;
	}

	void remove(IndexedEntry entry) {
		this.entries.remove(entry.key);
		IndexedEntry older = entry.older;
		IndexedEntry newer = entry.newer;
		if (older != null) {
			older.newer = newer;
		}
		else {
			this.oldest = newer;
		}
		if (newer != null) {
			newer.older = older;
		}
		else {
			this.newest = older;
		}
		if (this.cursor == entry) {
			this.cursor = newer;
		}
		entry.older = null;
		entry.newer = null;
	}

	/**
	 * Return the next entry in a round that goes on for ever.
	 * @return the entry, or {@code null} if there is none at all
	 */
	@Nullable IndexedEntry next() {
		IndexedEntry next = (this.cursor != null) ? this.cursor : this.oldest;
		this.cursor = (next != null) ? next.newer : null;
		return next;
	}

}
