package io.modelcache.chat;

/**
 * Finds answers to chat requests.
 * <p>
 * Implementations never throw because of a failing store, and are safe for use by several
 * threads.
 */
public interface ChatCache {

	/**
	 * Look for an answer that will do for the request and its directives.
	 * @param request the request
	 * @return the answer, or an open place to leave one
	 */
	ChatLookup find(ChatRequest request);

	/**
	 * Look again after a wait, for exactly this request and nothing that resembles it.
	 * @param request the request
	 * @param before what was found before
	 * @return the answer, or an open place to leave one
	 */
	ChatLookup findAgain(ChatRequest request, ChatLookup before);

	/**
	 * Tell whether a lookup can wait for anything outside this JVM's memory, so that it
	 * must not be made on an event loop's thread.
	 * @return {@code false} only if it never blocks
	 */
	boolean blocking();

}
