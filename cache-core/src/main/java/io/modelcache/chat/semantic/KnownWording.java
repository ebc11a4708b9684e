package io.modelcache.chat.semantic;

import java.util.Arrays;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A way to put a question that is known to lead to a stored answer, whether the answer
 * was made for it or for a similar question.
 *
 * @param partition where the index has the question
 * @param answer the fingerprint of the answer
 * @param version what tells the answer from a later one under the same fingerprint
 * @param similarity the cosine similarity of the question that the answer was made for, 1
 * if it is this one
 * @param vector the vector of the question, if the index is to be filled from it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and nobody changes it
record KnownWording(Fingerprint partition, Fingerprint answer, long version, double similarity,
		float @Nullable [] vector) {

	/**
	 * Remember how far a question may not be from that of an answer.
	 */
	static KnownWording floor(Fingerprint answer, double similarity) {
		return new KnownWording(answer, answer, 0, similarity, null);
	}

	/**
	 * Return the same without the vector, which is large.
	 */
	KnownWording withoutVector() {
		return (this.vector == null) ? this
				: new KnownWording(this.partition, this.answer, this.version, this.similarity, null);
	}

	boolean original() {
		return this.similarity >= 1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof KnownWording that && this.partition.equals(that.partition)
				&& this.answer.equals(that.answer) && this.version == that.version && this.similarity == that.similarity
				&& Arrays.equals(this.vector, that.vector);
	}

	@Override
	public int hashCode() {
		return this.answer.hashCode();
	}

	/**
	 * Show nothing of the vector, by which the question could be guessed.
	 */
	@Override
	public String toString() {
		return "KnownWording[%s, similarity=%s]".formatted(this.answer, this.similarity);
	}

}
