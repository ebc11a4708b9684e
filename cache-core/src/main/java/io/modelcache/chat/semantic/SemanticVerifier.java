package io.modelcache.chat.semantic;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Has the last word on whether an answer to a similar question may be given: a reranker,
 * for example, or a model that judges.
 * <p>
 * It is asked after all guards, on the thread of the call, and only for the best
 * candidates. If it throws, the answer is not given. Implementations are safe for use by
 * several threads.
 */
@FunctionalInterface
public interface SemanticVerifier {

	/**
	 * Tell whether the answer may be given.
	 * @param candidate what would be given to whom
	 * @return whether it may
	 */
	boolean mayServe(Candidate candidate);

	/**
	 * An answer that would be given to a question it was not made for.
	 *
	 * @param asked the question that was asked
	 * @param cached the question that the answer was made for
	 * @param similarity the cosine similarity of the questions, between -1 and 1
	 * @param answer the answer, which must not be changed
	 */
	record Candidate(String asked, String cached, double similarity, ChatResponse answer) {

		/**
		 * Show the similarity only.
		 */
		@Override
		public String toString() {
			return "Candidate[similarity=%s]".formatted(this.similarity);
		}

	}

}
