package io.modelcache.embedding;

/**
 * A vector and the model that gave it.
 *
 * @param values the components, never shared between callers
 * @param source the {@linkplain AnsweringModel#source() source}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Vector(float[] values, long source) {

	boolean isEmpty() {
		return this.values.length == 0;
	}

	Vector copy() {
		return new Vector(this.values.clone(), this.source);
	}

}
