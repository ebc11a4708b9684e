package io.modelcache.embedding;

import java.util.Objects;
import java.util.Set;

import io.modelcache.CacheSettings;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.ObjectForm;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.DefaultEmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * Gives a text to embed its identity: the model, the options and the text.
 */
final class EmbeddingFingerprinter {

	/**
	 * The version of the fields; a change of it is a decision to forget all entries.
	 */
	static final int VERSION = 1;

	private static final Set<String> EXCLUDED = Set.of("apiKey", "credential", "proxy", "timeout", "maxRetries");

	static final ObjectForm OPTIONS = ObjectForm.builder()
		.exclude(EXCLUDED)
		.walk((type) -> type.getName().startsWith("org.springframework.ai."))
		.build();

	private final ModelIdentity identity;

	private final String namespace;

	private final KeyHash keyHash;

	EmbeddingFingerprinter(ModelIdentity identity, CacheSettings settings, KeyHash keyHash) {
		this.identity = identity;
		this.namespace = settings.namespace();
		this.keyHash = keyHash;
	}

	/**
	 * Return what all inputs of one question have in common.
	 * @param scope the digest of the scope
	 * @param entryPoint the way of asking
	 * @param options the options of the request
	 * @param variant what tells several vectors of one text apart
	 * @throws UnrepresentableException if an option has no faithful representation
	 */
	ModelRequest request(Fingerprint scope, EntryPoint entryPoint, @Nullable EmbeddingOptions options,
			@Nullable String variant) {
		CanonicalForm form = this.keyHash.form("embedding-request", VERSION)
			.fingerprint("scope", scope)
			.text("namespace", this.namespace)
			.text("modelClass", this.identity.type())
			.text("model", this.identity.name())
			.text("entryPoint", entryPoint.name())
			.text("variant", variant);
		OPTIONS.write(form, "modes", this.identity.modes());
		if (this.identity.options() != null) {
			OPTIONS.writeProperties(form, "defaults", this.identity.options());
		}
		if (options != null && !saysNothingNew(options)) {
			OPTIONS.writeProperties(form, "options", options);
		}
		return new ModelRequest(form.fingerprint(), this.identity.asked(options));
	}

	/**
	 * Return what gives the inputs of one request their fingerprints.
	 */
	InputKeys inputs(ModelRequest request) {
		return new InputKeys(this.keyHash, request);
	}

	/**
	 * Tell whether options ask for nothing but what the model does anyway.
	 */
	boolean saysNothingNew(@Nullable EmbeddingOptions options) {
		if (options == null) {
			return true;
		}
		EmbeddingOptions defaults = this.identity.options();
		return options.getClass() == DefaultEmbeddingOptions.class
				&& (options.getModel() == null || (defaults != null && options.getModel().equals(defaults.getModel())))
				&& (options.getDimensions() == null
						|| (defaults != null && Objects.equals(options.getDimensions(), defaults.getDimensions())));
	}

}
