package io.modelcache.chat;

/**
 * Puts another way of finding answers in front of the exact one.
 */
@FunctionalInterface
public interface ChatCacheLayer {

	/**
	 * Build the layer of one model.
	 * @param exact finds the answer to exactly the same request
	 * @param context what the layer may use
	 * @return what is asked instead of the exact cache
	 */
	ChatCache over(ChatCache exact, ChatCacheContext context);

}
