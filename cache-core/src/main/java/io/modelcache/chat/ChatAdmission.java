package io.modelcache.chat;

import io.modelcache.CacheDecision;
import io.modelcache.CacheOperation;
import io.modelcache.CacheScope;
import io.modelcache.CacheSettings;
import io.modelcache.EntryTerms;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Decides at the door which requests go to the cache and which answers stay in it.
 * <p>
 * Whatever goes wrong here is a reason to leave the cache aside.
 */
final class ChatAdmission {

	private static final CacheDecision FAILED = CacheDecision.refuse("policy-failed");

	private final ChatModel delegate;

	private final ChatCachePolicy policy;

	private final ChatFingerprinter fingerprinter;

	private final EntryTerms terms;

	private final FailureReport failures;

	ChatAdmission(ChatModel delegate, ChatCachePolicy policy, CacheSettings settings, KeyHash hash,
			FailureReport failures) {
		this.delegate = delegate;
		this.policy = policy;
		this.fingerprinter = new ChatFingerprinter(delegate, settings, hash);
		this.terms = EntryTerms.shared(settings.ttl());
		this.failures = failures;
	}

	/**
	 * Decide on a request.
	 * @param prompt the prompt as the caller gave it
	 * @return the request, or why it stays outside
	 */
	Admitted admit(@Nullable Prompt prompt) {
		if (prompt == null) {
			return Admitted.refused("no-prompt");
		}
		try {
			return admitWithOptions(prompt, effectiveOptions(prompt));
		}
		catch (UnrepresentableException ex) {
			return Admitted.refused("unrepresentable:" + ex.field());
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return Admitted.refused("failed");
		}
	}

	/**
	 * Decide on an answer.
	 * @param prompt the prompt
	 * @param response what the model answered
	 * @return whether it may be kept
	 */
	CacheDecision mayKeep(Prompt prompt, ChatResponse response) {
		try {
			return this.policy.beforeStore(prompt, response);
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return FAILED;
		}
	}

	private Admitted admitWithOptions(Prompt prompt, @Nullable ChatOptions options) {
		CacheDecision decision = this.policy.beforeLookup(prompt, options);
		if (!decision.allowed()) {
			return new Admitted(null, decision.reason());
		}
		Fingerprint fingerprint = this.fingerprinter.fingerprint(CacheScope.SHARED, null, prompt.getInstructions(),
				options);
		return new Admitted(new ChatRequest(prompt, options, fingerprint, this.terms), null);
	}

	/**
	 * No provider merges the options of a prompt with those of the model any more.
	 */
	private @Nullable ChatOptions effectiveOptions(Prompt prompt) {
		ChatOptions options = prompt.getOptions();
		return (options != null) ? options : this.delegate.getOptions();
	}

	/**
	 * A request that was let in, or the reason why it was not.
	 *
	 * @param request the request, or {@code null}
	 * @param reason the reason, or {@code null}
	 */
	record Admitted(@Nullable ChatRequest request, @Nullable String reason) {

		static Admitted refused(String reason) {
			return new Admitted(null, reason);
		}

	}

}
