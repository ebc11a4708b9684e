package io.modelcache.chat;

import java.util.List;

import io.modelcache.CacheDirectives;
import io.modelcache.EntryTerms;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A request that a cache may answer.
 *
 * @param prompt the prompt as the caller gave it
 * @param options the options that the model will use, those of the prompt or else its own
 * @param fingerprint the fingerprint of the whole request
 * @param terms for whom and how long an answer would be kept
 * @param directives what the call wants of the cache
 */
public record ChatRequest(Prompt prompt, @Nullable ChatOptions options, Fingerprint fingerprint, EntryTerms terms,
		CacheDirectives directives) {

	/**
	 * Make a request that stays what it is when the caller goes on with the list of his
	 * messages.
	 */
	ChatRequest withOwnPrompt() {
		Prompt own = new Prompt(List.copyOf(this.prompt.getInstructions()), this.prompt.getOptions());
		return new ChatRequest(own, this.options, this.fingerprint, this.terms, this.directives);
	}

	/**
	 * Have the text of the question stored beside the answer.
	 * @param question the text
	 * @return the request with it
	 */
	public ChatRequest withStoredQuestion(String question) {
		return new ChatRequest(this.prompt, this.options, this.fingerprint, this.terms.withQuestion(question),
				this.directives);
	}

	/**
	 * Show the key id, nothing of the prompt.
	 */
	@Override
	public String toString() {
		return "ChatRequest[%s]".formatted(this.fingerprint.id());
	}

}
