package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;

import io.modelcache.CacheDecision;
import io.modelcache.CacheOperation;
import io.modelcache.FailureReport;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * Decides at the door which inputs go to the cache, and under which fingerprints.
 * <p>
 * Whatever goes wrong here is a reason to leave the cache aside.
 */
final class EmbeddingAdmission {

	private final boolean identified;

	private final List<EmbeddingCachePolicy> policies;

	private final EmbeddingFingerprinter fingerprinter;

	private final FailureReport failures;

	EmbeddingAdmission(boolean identified, List<EmbeddingCachePolicy> policies, EmbeddingFingerprinter fingerprinter,
			FailureReport failures) {
		this.identified = identified;
		this.policies = List.copyOf(policies);
		this.fingerprinter = fingerprinter;
		this.failures = failures;
	}

	/**
	 * Decide on texts.
	 * @param entryPoint what tells the way of asking from others
	 * @param texts the texts as the caller gave them
	 * @param options the options as the caller gave them
	 * @return their fingerprints, or why they stay outside
	 */
	Admitted admit(String entryPoint, @Nullable List<String> texts, @Nullable EmbeddingOptions options) {
		if (texts == null || texts.isEmpty() || hasNull(texts)) {
			return Admitted.refused("no-input");
		}
		return guarded(texts, options, () -> {
			Fingerprint request = this.fingerprinter.request(entryPoint, options);
			List<Fingerprint> keys = new ArrayList<>(texts.size());
			for (String text : texts) {
				keys.add(this.fingerprinter.text(request, text));
			}
			return keys;
		});
	}

	/**
	 * Decide on documents.
	 * @param entryPoint what tells the way of asking from others
	 * @param documents the documents
	 * @param contents what the model says it embeds of each of them
	 * @param complete whether that is all it embeds
	 * @param options the options as the caller gave them
	 * @return their fingerprints, or why they stay outside
	 */
	Admitted admit(String entryPoint, List<Document> documents, List<@Nullable String> contents, boolean complete,
			@Nullable EmbeddingOptions options) {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < documents.size(); i++) {
			String content = contents.get(i);
			if (content == null || !documents.get(i).isText()) {
				return Admitted.refused("no-text");
			}
			texts.add(content);
		}
		if (complete || texts.isEmpty()) {
			return admit(entryPoint, texts, options);
		}
		return guarded(texts, options, () -> {
			Fingerprint request = this.fingerprinter.request(entryPoint, options);
			List<Fingerprint> keys = new ArrayList<>(texts.size());
			for (int i = 0; i < texts.size(); i++) {
				keys.add(this.fingerprinter.document(request, documents.get(i), texts.get(i)));
			}
			return keys;
		});
	}

	private Admitted guarded(List<String> texts, @Nullable EmbeddingOptions options, Keys keys) {
		if (!this.identified) {
			return Admitted.refused("unknown-model");
		}
		try {
			for (EmbeddingCachePolicy policy : this.policies) {
				CacheDecision decision = policy.beforeLookup(texts, options);
				if (decision.reason() != null) {
					return Admitted.refused(decision.reason());
				}
			}
			return new Admitted(keys.get(), "");
		}
		catch (UnrepresentableException ex) {
			return Admitted.refused(ex.reason());
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return Admitted.refused("failed");
		}
	}

	private static boolean hasNull(List<String> texts) {
		for (String text : texts) {
			if (text == null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Computes fingerprints.
	 */
	private interface Keys {

		List<Fingerprint> get();

	}

	/**
	 * Inputs that were let in, by their fingerprints, or the reason why they were not.
	 *
	 * @param keys the fingerprint of each input, or {@code null}
	 * @param reason the reason, if there are none
	 */
	record Admitted(@Nullable List<Fingerprint> keys, String reason) {

		static Admitted refused(String reason) {
			return new Admitted(null, reason);
		}

	}

}
