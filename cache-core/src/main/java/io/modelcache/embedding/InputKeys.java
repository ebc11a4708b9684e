package io.modelcache.embedding;

import java.util.function.Supplier;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;

/**
 * Gives the inputs of one request their fingerprints, one after the other. For use by one
 * thread.
 */
final class InputKeys {

	private final KeyHash keyHash;

	private final ModelRequest request;

	private @Nullable Supplier<CanonicalForm> texts;

	InputKeys(KeyHash keyHash, ModelRequest request) {
		this.keyHash = keyHash;
		this.request = request;
	}

	/**
	 * Return the fingerprint of a text.
	 */
	Fingerprint text(String text) {
		if (this.texts == null) {
			this.texts = form("embedding").series();
		}
		return this.texts.get().text("text", text).fingerprint();
	}

	/**
	 * Return the fingerprint of a document of which it is not known what the model makes
	 * of it: of all that it could read.
	 */
	Fingerprint document(Document document, String content) {
		CanonicalForm form = form("embedding-document").text("content", content)
			.text("text", document.getText())
			.text("formatted", document.getFormattedContent(MetadataMode.ALL));
		EmbeddingFingerprinter.OPTIONS.write(form, "metadata", document.getMetadata());
		return form.fingerprint();
	}

	private CanonicalForm form(String kind) {
		return this.keyHash.form(kind, EmbeddingFingerprinter.VERSION)
			.fingerprint("request", this.request.fingerprint());
	}

}
