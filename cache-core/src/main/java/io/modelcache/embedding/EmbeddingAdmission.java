package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;

import io.modelcache.CacheDecision;
import io.modelcache.CacheDirectives;
import io.modelcache.CacheOperation;
import io.modelcache.CacheScope;
import io.modelcache.CacheScopeResolver;
import io.modelcache.CacheSettings;
import io.modelcache.EntryTerms;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.EmbeddingOptions;
import reactor.util.context.Context;

/**
 * Decides at the door which inputs go to the cache, and under which fingerprints.
 * <p>
 * Whatever goes wrong here is a reason to leave the cache aside.
 */
final class EmbeddingAdmission {

	private final boolean identified;

	private final EmbeddingFingerprinter fingerprinter;

	private final KeyHash hash;

	private final CacheSettings settings;

	private final List<EmbeddingCachePolicy> policies;

	private final @Nullable CacheScopeResolver scopes;

	private final FailureReport failures;

	EmbeddingAdmission(ModelIdentity identity, CacheSettings settings, KeyHash hash,
			List<EmbeddingCachePolicy> policies, @Nullable CacheScopeResolver scopes, FailureReport failures) {
		this.identified = identity.name() != null;
		this.fingerprinter = new EmbeddingFingerprinter(identity, settings, hash);
		this.hash = hash;
		this.settings = settings;
		this.policies = List.copyOf(policies);
		this.scopes = scopes;
		this.failures = failures;
	}

	/**
	 * Decide on texts.
	 * @param entryPoint the way of asking
	 * @param options the options as the caller gave them
	 * @param texts the texts as the caller gave them
	 * @return the question, or why it stays outside
	 */
	Admitted<String> admit(EntryPoint entryPoint, @Nullable EmbeddingOptions options, @Nullable List<String> texts) {
		return admit(entryPoint, options, texts, texts, (keys, text, same) -> keys.text(text));
	}

	/**
	 * Decide on inputs of any type.
	 * @param entryPoint the way of asking
	 * @param options the options as the caller gave them
	 * @param inputs the inputs
	 * @param texts what is embedded of each of them
	 * @param identity gives each of them its fingerprint
	 * @return the question, or why it stays outside
	 */
	<I> Admitted<I> admit(EntryPoint entryPoint, @Nullable EmbeddingOptions options, @Nullable List<I> inputs,
			@Nullable List<? extends @Nullable String> texts, Identity<I> identity) {
		CacheDirectives directives = CacheDirectives.current();
		String reason = reasonAgainst(texts, directives);
		if (reason != null || inputs == null || texts == null) {
			return Admitted.refused((reason != null) ? reason : "no-input");
		}
		try {
			return admit(entryPoint, options, List.copyOf(inputs), List.<String>copyOf(texts), identity, directives);
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
	 * Tell whether options ask for nothing but what the model does anyway.
	 */
	boolean saysNothingNew(@Nullable EmbeddingOptions options) {
		return this.fingerprinter.saysNothingNew(options);
	}

	private <I> Admitted<I> admit(EntryPoint entryPoint, @Nullable EmbeddingOptions options, List<I> inputs,
			List<String> texts, Identity<I> identity, CacheDirectives directives) {
		Fingerprint scope = scope(directives);
		if (scope == null) {
			return Admitted.refused("unresolved-scope");
		}
		for (EmbeddingCachePolicy policy : this.policies) {
			CacheDecision decision = policy.beforeLookup(texts, options);
			if (decision.reason() != null) {
				return Admitted.refused(decision.reason());
			}
		}
		ModelRequest request = this.fingerprinter.request(scope, entryPoint, options, directives.variant());
		InputKeys inputKeys = this.fingerprinter.inputs(request);
		List<Fingerprint> keys = new ArrayList<>(inputs.size());
		for (int i = 0; i < inputs.size(); i++) {
			keys.add(identity.of(inputKeys, inputs.get(i), texts.get(i)));
		}
		EntryTerms terms = EntryTerms.of(scope, this.settings.ttl(), this.settings.staleRetention(), directives);
		return new Admitted<>(new Question<>(request, keys, inputs, texts, terms, directives), "");
	}

	private @Nullable String reasonAgainst(@Nullable List<? extends @Nullable String> texts,
			CacheDirectives directives) {
		if (texts == null || texts.isEmpty()) {
			return "no-input";
		}
		for (String text : texts) {
			if (text == null) {
				return "no-text";
			}
		}
		if (!directives.mayRead() && !directives.mayStore()) {
			return "bypass";
		}
		return this.identified ? null : "unknown-model";
	}

	private @Nullable Fingerprint scope(CacheDirectives directives) {
		String name = directives.scope();
		if (name == null && this.scopes == null) {
			return CacheScope.SHARED;
		}
		if (name == null && this.scopes != null) {
			name = this.scopes.resolve(Context.empty());
		}
		return (name == null || name.isBlank()) ? null : CacheScope.of(name, this.hash);
	}

	/**
	 * Gives inputs their fingerprints.
	 *
	 * @param <I> the type of the inputs
	 */
	@FunctionalInterface
	interface Identity<I> {

		Fingerprint of(InputKeys keys, I input, String text);

	}

	/**
	 * A question that was let in, or the reason why it was not.
	 *
	 * @param question the question, or {@code null}
	 * @param reason the reason, if there is none
	 * @param <I> the type of the inputs
	 */
	record Admitted<I>(@Nullable Question<I> question, String reason) {

		static <I> Admitted<I> refused(String reason) {
			return new Admitted<>(null, reason);
		}

	}

}
