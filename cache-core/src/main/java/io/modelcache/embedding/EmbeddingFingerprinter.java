package io.modelcache.embedding;

import java.util.Set;

import io.modelcache.CacheSettings;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.ObjectForm;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.DefaultEmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * Gives a text to embed its identity: the model, the options and the text.
 */
final class EmbeddingFingerprinter {

	/**
	 * The version of the fields; a change of it is a decision to forget all entries.
	 */
	private static final int VERSION = 1;

	private static final Set<String> EXCLUDED = Set.of("apiKey", "credential", "proxy", "timeout", "maxRetries");

	private static final ObjectForm OPTIONS = ObjectForm.builder()
		.exclude(EXCLUDED)
		.walk((type) -> type.getName().startsWith("org.springframework.ai."))
		.build();

	private final String modelClass;

	private final ModelIdentity identity;

	private final String namespace;

	private final KeyHash keyHash;

	private final Fingerprint scope;

	EmbeddingFingerprinter(EmbeddingModel model, ModelIdentity identity, CacheSettings settings, KeyHash keyHash,
			Fingerprint scope) {
		this.modelClass = model.getClass().getName();
		this.identity = identity;
		this.namespace = settings.namespace();
		this.keyHash = keyHash;
		this.scope = scope;
	}

	/**
	 * Return what all texts of one request have in common.
	 * @throws UnrepresentableException if an option has no faithful representation
	 */
	Fingerprint request(String entryPoint, @Nullable EmbeddingOptions options) {
		CanonicalForm form = this.keyHash.form("embedding-request", VERSION)
			.fingerprint("scope", this.scope)
			.text("namespace", this.namespace)
			.text("modelClass", this.modelClass)
			.text("model", this.identity.name())
			.text("entryPoint", entryPoint);
		if (this.identity.options() != null) {
			OPTIONS.writeProperties(form, "defaults", this.identity.options());
		}
		if (options != null && !isEmpty(options)) {
			OPTIONS.writeProperties(form, "options", options);
		}
		return form.fingerprint();
	}

	Fingerprint text(Fingerprint request, String text) {
		return this.keyHash.form("embedding", VERSION).fingerprint("request", request).text("text", text).fingerprint();
	}

	/**
	 * Return the fingerprint of a document of which it is not known what the model makes
	 * of it: of all that it could read.
	 */
	Fingerprint document(Fingerprint request, Document document, @Nullable String content) {
		CanonicalForm form = this.keyHash.form("embedding-document", VERSION)
			.fingerprint("request", request)
			.text("content", content)
			.text("text", document.getText())
			.text("formatted", document.getFormattedContent(MetadataMode.ALL));
		OPTIONS.write(form, "metadata", document.getMetadata());
		return form.fingerprint();
	}

	private static boolean isEmpty(EmbeddingOptions options) {
		return options.getClass() == DefaultEmbeddingOptions.class && options.getModel() == null
				&& options.getDimensions() == null;
	}

}
