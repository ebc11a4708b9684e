package io.modelcache;

import java.util.Set;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about answers that were given, by their {@link CacheStatus}.
 * <p>
 * The latest answers are known at once; for older ones, and those of other instances, the
 * store is searched. Implementations are safe for use by several threads.
 */
public interface AnswerFeedback {

	/**
	 * Knows nothing.
	 */
	AnswerFeedback NONE = new AnswerFeedback() {

		@Override
		public boolean reportWrong(CacheStatus status) {
			return false;
		}

		@Override
		public @Nullable String questionBehind(CacheStatus status) {
			return null;
		}

		@Override
		public Set<Fingerprint> answersBehind(String key) {
			return Set.of();
		}

	};

	/**
	 * Say that an answer from a question that is not the same was wrong: it is removed
	 * with everything that leads to it, and is not given again to a question that is as
	 * far away.
	 * @param status the status of the answer; its key and its layer tell which one it is
	 * @return whether the answer was known here
	 */
	boolean reportWrong(CacheStatus status);

	/**
	 * Return the question that an answer was made for.
	 * @param status the status of the answer
	 * @return the question, or {@code null} if it is not known here
	 */
	@Nullable String questionBehind(CacheStatus status);

	/**
	 * Find the answers that were given under the key of another wording.
	 * @param key a {@linkplain Fingerprint#id() key id}, as a {@link CacheStatus} tells
	 * it, or a whole key in 64 hexadecimal digits
	 * @return the fingerprints of the answers, hardly ever more than one
	 */
	Set<Fingerprint> answersBehind(String key);

}
