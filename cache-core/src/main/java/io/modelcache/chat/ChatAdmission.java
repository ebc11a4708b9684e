package io.modelcache.chat;

import java.util.List;

import io.modelcache.CacheDecision;
import io.modelcache.CacheDirectives;
import io.modelcache.CacheOperation;
import io.modelcache.CacheScope;
import io.modelcache.CacheScopeResolver;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.EntryTerms;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import org.springframework.ai.chat.messages.UserMessage;
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

	private final CacheSettings settings;

	private final @Nullable CacheScopeResolver scopes;

	private final KeyHash keyHash;

	private final FailureReport failures;

	private final boolean storeQuestions;

	ChatAdmission(ChatModel delegate, ChatCachePolicy policy, ChatFingerprinter fingerprinter, CacheSettings settings,
			@Nullable CacheScopeResolver scopes, KeyHash keyHash, FailureReport failures, boolean storeQuestions) {
		this.delegate = delegate;
		this.policy = policy;
		this.fingerprinter = fingerprinter;
		this.settings = settings;
		this.scopes = scopes;
		this.keyHash = keyHash;
		this.failures = failures;
		this.storeQuestions = storeQuestions;
	}

	/**
	 * Decide on a request.
	 * @param prompt the prompt as the caller gave it
	 * @param directives what the caller wants of the cache
	 * @param context where the scope may be found
	 * @param earlier the {@linkplain #currentScope scope} of the thread that called, if
	 * that was earlier
	 * @return the request, or why it stays outside
	 */
	Admitted admit(@Nullable Prompt prompt, CacheDirectives directives, ContextView context, @Nullable String earlier) {
		if (prompt == null) {
			return Admitted.refused("no-prompt");
		}
		if (!directives.mayRead() && !directives.mayStore()) {
			return Admitted.refused("bypass");
		}
		try {
			String scope = scope(directives, context, earlier);
			if (scope != null && earlier != null && directives.scope() == null && !scope.equals(earlier)) {
				return Admitted.refused("ambiguous-scope");
			}
			return admitInScope(prompt, directives, digest(scope));
		}
		catch (UnrepresentableException ex) {
			return Admitted.refused(ex.reason());
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return Admitted.refused("failed");
		}
	}

	/**
	 * Return the scope of the current thread, for a stream that is subscribed to
	 * elsewhere.
	 * @param directives what the caller wants of the cache
	 * @return the scope, or {@code null} if it is not known or the directives say it
	 */
	@Nullable String currentScope(CacheDirectives directives) {
		if (this.scopes == null || directives.scope() != null) {
			return null;
		}
		try {
			return this.scopes.resolve(Context.empty());
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return null;
		}
	}

	/**
	 * Tell whether a request is still the one that was admitted, which the caller may
	 * change once he has his answer.
	 */
	boolean isUnchanged(ChatRequest request) {
		return request.fingerprint()
			.equals(this.fingerprinter.fingerprint(request.terms().scope(), request.prompt().getInstructions(),
					effectiveOptions(request.prompt()), request.directives().variant()));
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

	private Admitted admitInScope(Prompt prompt, CacheDirectives directives, @Nullable Fingerprint scope) {
		if (scope == null) {
			return Admitted.refused("unresolved-scope");
		}
		ChatOptions options = effectiveOptions(prompt);
		CacheDecision decision = this.policy.beforeLookup(prompt, options);
		if (!decision.allowed()) {
			return new Admitted(null, decision.reason());
		}
		Fingerprint fingerprint = this.fingerprinter.fingerprint(scope, prompt.getInstructions(), options,
				directives.variant());
		EntryTerms terms = EntryTerms.of(scope, this.settings.ttl(), this.settings.staleRetention(), directives)
			.withQuestion(this.storeQuestions ? question(prompt) : null);
		return new Admitted(new ChatRequest(prompt, options, fingerprint, terms, directives), null);
	}

	/**
	 * The last thing that the user said.
	 */
	private static @Nullable String question(Prompt prompt) {
		List<UserMessage> messages = prompt.getUserMessages();
		return messages.isEmpty() ? null : messages.get(messages.size() - 1).getText();
	}

	private @Nullable String scope(CacheDirectives directives, ContextView context, @Nullable String earlier) {
		if (directives.scope() != null || this.scopes == null) {
			return directives.scope();
		}
		String now = this.scopes.resolve(context);
		return (now != null) ? now : earlier;
	}

	/**
	 * Only where nobody resolves scopes does everybody share.
	 */
	private @Nullable Fingerprint digest(@Nullable String scope) {
		if (scope == null && this.scopes == null) {
			return CacheScope.SHARED;
		}
		return (scope == null || scope.isBlank()) ? null : CacheScope.of(scope, this.keyHash);
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

		CacheStatus status() {
			return CacheStatus.bypass((this.reason != null) ? this.reason : "refused");
		}

	}

}
