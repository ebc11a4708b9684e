package io.modelcache.chat.semantic;

import java.time.Instant;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the embedded index. Readers see what never changes; where it is among the
 * others is guarded by the lock of the index.
 */
final class IndexedEntry {

	final Fingerprint partition;

	final Fingerprint key;

	/**
	 * Has the length 1.
	 */
	final float[] vector;

	final long until;

	/**
	 * The place in the partition.
	 */
	int position;

	@Nullable IndexedEntry older;

	@Nullable IndexedEntry newer;

	IndexedEntry(Fingerprint partition, Fingerprint key, float[] vector, Instant until) {
		this.partition = partition;
		this.key = key;
		this.vector = vector;
		this.until = until.toEpochMilli();
	}

	boolean hasEnded(long now) {
		return this.until <= now;
	}

}
