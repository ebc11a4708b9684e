package io.modelcache.chat.semantic;

/**
 * Tells in the background whether two answers to one question say the same.
 * <p>
 * Implementations are safe for use by several threads. One that throws has judged
 * nothing.
 */
@FunctionalInterface
public interface AnswerJudge {

	/**
	 * Compare two answers.
	 * @param question the question
	 * @param given the answer that was given from the cache
	 * @param fresh the answer of the model
	 * @return whether they say the same
	 */
	boolean saySame(String question, String given, String fresh);

}
