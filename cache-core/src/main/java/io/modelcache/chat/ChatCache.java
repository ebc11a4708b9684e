package io.modelcache.chat;

/**
 * Finds answers to chat requests.
 * <p>
 * Implementations never throw because of a failing store, and are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface ChatCache {

	/**
	 * Look for an answer.
	 * @param request the request
	 * @return the answer, or an open place to leave one
	 */
	ChatLookup find(ChatRequest request);

}
