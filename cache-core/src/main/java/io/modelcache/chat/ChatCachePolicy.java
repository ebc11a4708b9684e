package io.modelcache.chat;

import io.modelcache.CacheDecision;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Says which chat requests a cache may answer and which answers it may keep.
 * <p>
 * A policy is pure: it decides by its arguments alone, changes nothing and is safe for
 * use by several threads. Several policies are asked in order, and the first reason
 * against counts. A policy that throws is taken as a refusal.
 */
public interface ChatCachePolicy {

	/**
	 * Decide whether the cache may be asked, before anything is looked up.
	 * @param prompt the prompt
	 * @param options the options that the model will use
	 * @return the decision; allowed by default
	 */
	default CacheDecision beforeLookup(Prompt prompt, @Nullable ChatOptions options) {
		return CacheDecision.allow();
	}

	/**
	 * Decide whether an answer may be kept.
	 * @param prompt the prompt
	 * @param response what the model answered
	 * @return the decision; allowed by default
	 */
	default CacheDecision beforeStore(Prompt prompt, ChatResponse response) {
		return CacheDecision.allow();
	}

}
