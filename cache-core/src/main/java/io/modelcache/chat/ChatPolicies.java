package io.modelcache.chat;

import java.util.List;

import io.modelcache.CacheDecision;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Several policies in order, of which the first reason against counts.
 */
final class ChatPolicies implements ChatCachePolicy {

	private final List<ChatCachePolicy> policies;

	ChatPolicies(List<ChatCachePolicy> policies) {
		this.policies = List.copyOf(policies);
	}

	@Override
	public CacheDecision beforeLookup(Prompt prompt, @Nullable ChatOptions options) {
		for (ChatCachePolicy policy : this.policies) {
			CacheDecision decision = policy.beforeLookup(prompt, options);
			if (!decision.allowed()) {
				return decision;
			}
		}
		return CacheDecision.allow();
	}

	@Override
	public CacheDecision beforeStore(Prompt prompt, ChatResponse response) {
		for (ChatCachePolicy policy : this.policies) {
			CacheDecision decision = policy.beforeStore(prompt, response);
			if (!decision.allowed()) {
				return decision;
			}
		}
		return CacheDecision.allow();
	}

}
