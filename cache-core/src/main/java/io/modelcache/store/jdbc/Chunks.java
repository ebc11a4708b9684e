package io.modelcache.store.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * Cuts much into pieces that a driver and a database take at once.
 */
final class Chunks {

	/**
	 * The number of fingerprints in a statement, far below the limit of every database.
	 */
	static final int KEYS = 256;

	private static final int ENTRIES = 100;

	private static final long BYTES = 4L * 1024 * 1024;

	private Chunks() {
	}

	/**
	 * Cut into lists of a power of 4, so that there are few different statements; the
	 * last fingerprint is repeated to fill one up.
	 */
	static List<List<Fingerprint>> ofKeys(Collection<Fingerprint> fingerprints) {
		List<Fingerprint> distinct = fingerprints.stream().distinct().toList();
		List<List<Fingerprint>> chunks = new ArrayList<>();
		for (int from = 0; from < distinct.size(); from += KEYS) {
			List<Fingerprint> chunk = new ArrayList<>(distinct.subList(from, Math.min(from + KEYS, distinct.size())));
			Fingerprint last = chunk.get(chunk.size() - 1);
			for (int missing = size(chunk.size()) - chunk.size(); missing > 0; missing--) {
				chunk.add(last);
			}
			chunks.add(chunk);
		}
		return chunks;
	}

	/**
	 * Cut into lists that are small in number and in bytes, except for a single large
	 * entry.
	 */
	static List<List<StoredEntry>> ofEntries(Collection<StoredEntry> entries) {
		List<List<StoredEntry>> chunks = new ArrayList<>();
		List<StoredEntry> chunk = new ArrayList<>();
		long bytes = 0;
		for (StoredEntry entry : entries) {
			if (chunk.size() == ENTRIES || (!chunk.isEmpty() && bytes + entry.weight() > BYTES)) {
				chunks.add(chunk);
				chunk = new ArrayList<>();
				bytes = 0;
			}
			chunk.add(entry);
			bytes += entry.weight();
		}
		if (!chunk.isEmpty()) {
			chunks.add(chunk);
		}
		return chunks;
	}

	private static int size(int count) {
		int size = 1;
		while (size < count) {
			size *= 4;
		}
		return size;
	}

}
