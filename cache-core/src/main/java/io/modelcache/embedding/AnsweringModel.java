package io.modelcache.embedding;

import java.util.Locale;

import io.modelcache.key.CanonicalForm;
import org.jspecify.annotations.Nullable;

/**
 * The model that gave a vector, as far as the vector's answer shows: two vectors can be
 * compared with each other only if one model gave both.
 *
 * @param name the name by which it answered, or {@code null} if it did not say
 * @param source a digest of the name, or {@link #UNKNOWN}
 * @param dimensions the length of its vectors
 * @param firstIndex the number that it gives to the first input of a request
 */
record AnsweringModel(@Nullable String name, long source, int dimensions, int firstIndex) {

	/**
	 * The source of a vector whose model did not say its name.
	 */
	static final long UNKNOWN = 0;

	private static final String LATEST = ":latest";

	static AnsweringModel of(@Nullable String name, int dimensions, int firstIndex) {
		return new AnsweringModel(name, (name != null) ? digest(normalized(name)) : UNKNOWN, dimensions, firstIndex);
	}

	/**
	 * Return what is known of the model by one vector of its.
	 */
	static AnsweringModel of(Vector vector) {
		return new AnsweringModel(null, vector.source(), vector.values().length, 0);
	}

	/**
	 * Tell whether a vector can be compared with those of this model.
	 */
	boolean fits(Vector vector) {
		return vector.values().length == this.dimensions && isSameSource(vector.source());
	}

	/**
	 * Tell whether another answer came from this model.
	 */
	boolean isSame(AnsweringModel other) {
		return this.dimensions == other.dimensions && isSameSource(other.source);
	}

	/**
	 * Tell whether this model answers for a name that was asked for, if need be by a
	 * longer or a shorter form of it, such as one with a date.
	 */
	boolean answersFor(@Nullable String expected) {
		if (this.name == null || expected == null) {
			return true;
		}
		String asked = normalized(expected);
		String answered = normalized(this.name);
		return answered.startsWith(asked) || asked.startsWith(answered);
	}

	private boolean isSameSource(long other) {
		return this.source == other || this.source == UNKNOWN || other == UNKNOWN;
	}

	/**
	 * A gateway may put the provider in front of the name, and Ollama a tag behind it.
	 */
	private static String normalized(String name) {
		String plain = name.strip().toLowerCase(Locale.ROOT);
		plain = plain.substring(plain.lastIndexOf('/') + 1);
		return plain.endsWith(LATEST) ? plain.substring(0, plain.length() - LATEST.length()) : plain;
	}

	private static long digest(String name) {
		long digest = CanonicalForm.of("answering-model", 1).text("name", name).fingerprint().first();
		return (digest != UNKNOWN) ? digest : 1;
	}

}
