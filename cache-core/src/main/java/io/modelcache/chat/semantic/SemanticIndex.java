package io.modelcache.chat.semantic;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Finds stored questions by their vectors: what it holds are the fingerprints of entries,
 * never questions or answers.
 * <p>
 * A partition is a fingerprint of everything that must be equal: scope, model, options,
 * earlier messages, embedding model and its dimensions. Nothing is ever found in another
 * partition than the one asked for. The key of an entry belongs to one partition only,
 * since all of that is part of the key too.
 * <p>
 * An index need not be complete: an entry may be missing because there was no room for
 * it, and may still be there although the store has lost it. Vectors are personal data as
 * the questions are, and go with their entries. Every method may throw when the index is
 * out of order; whoever calls goes on without it. Implementations are safe for use by
 * several threads.
 */
public interface SemanticIndex {

	/**
	 * Stands for a {@link #size()} that is not known.
	 */
	long UNKNOWN = -1;

	/**
	 * Find the entries of a partition that are nearest to a vector, however far that is.
	 * Entries that have ended are not among them.
	 * @param partition the partition
	 * @param vector the vector, of any length; not changed and not kept
	 * @param limit how many entries are wanted at most, at least 1
	 * @return the entries, the nearest one first; empty if the partition has none
	 * @throws UnusableVectorException if the vector has no direction, or other dimensions
	 * than the partition
	 * @throws IllegalArgumentException if {@code limit} is less than 1
	 */
	List<Match> nearest(Fingerprint partition, float[] vector, int limit);

	/**
	 * Add an entry, or replace the one with the same key. One that has ended already need
	 * not be kept.
	 * @param partition the partition
	 * @param entry the entry
	 * @throws UnusableVectorException if the vector has no direction, or other dimensions
	 * than the partition; the index is then unchanged
	 */
	void add(Fingerprint partition, Entry entry);

	/**
	 * Remove an entry, such as one that was found and that the store does not have any
	 * more. Nothing happens if there is none.
	 * @param partition the partition
	 * @param key the key of the entry
	 */
	void remove(Fingerprint partition, Fingerprint key);

	/**
	 * Take note that entries have gone, whatever their partitions. An index that cannot
	 * tell where they are may leave them, to be {@linkplain #remove removed} when they
	 * are found.
	 * @param keys the keys of the entries
	 */
	void removeAll(Collection<Fingerprint> keys);

	/**
	 * Remove all entries of all partitions.
	 */
	void clear();

	/**
	 * Return how many entries there are, counting those that have ended and are not
	 * removed yet.
	 * @return the number, or {@link #UNKNOWN}
	 */
	long size();

	/**
	 * Tell whether the entries outlive this JVM or are those of other JVMs too. One whose
	 * entries do not is filled from the store at its start.
	 * @return whether they do
	 */
	boolean durable();

	/**
	 * Tell whether a method can wait for anything outside this JVM's memory, so that it
	 * must not be called on an event loop's thread.
	 * @return {@code false} only if none ever does
	 */
	boolean blocking();

	/**
	 * A question as the index knows it.
	 *
	 * @param key the fingerprint of the stored entry that has the answer
	 * @param vector the vector of the question, of any length; nobody changes it
	 * @param until when the entry ends, or {@link io.modelcache.store.StoredEntry#NEVER
	 * NEVER}
	 */
	@SuppressWarnings("ArrayRecordComponent") // equality is by content
	record Entry(Fingerprint key, float[] vector, Instant until) {

		/**
		 * Check that nothing is missing. Whatever is beyond {@link StoredEntry#NEVER
		 * NEVER} is never too.
		 */
		public Entry {
			Objects.requireNonNull(key, "'key' must not be null");
			Objects.requireNonNull(vector, "'vector' must not be null");
			Objects.requireNonNull(until, "'until' must not be null");
			until = until.isBefore(StoredEntry.NEVER) ? until : StoredEntry.NEVER;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return (other instanceof Entry that) && this.key.equals(that.key) && Arrays.equals(this.vector, that.vector)
					&& this.until.equals(that.until);
		}

		@Override
		public int hashCode() {
			return this.key.hashCode();
		}

		/**
		 * Show the key, not the vector, by which the question could be guessed.
		 */
		@Override
		public String toString() {
			return "Entry[%s, %d dimensions, until=%s]".formatted(this.key, this.vector.length, this.until);
		}

	}

	/**
	 * An entry that was found.
	 *
	 * @param key the fingerprint of the stored entry
	 * @param similarity the cosine of the angle between both vectors, from -1 to 1
	 */
	record Match(Fingerprint key, double similarity) {

	}

}
