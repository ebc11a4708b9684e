package io.modelcache.chat;

import java.util.List;

import io.modelcache.CacheSettings;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.FormParts;
import io.modelcache.key.KeyHash;
import io.modelcache.key.ModelEndpoint;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * Gives a chat request its identity: everything that can change the answer, and nothing
 * else.
 */
final class ChatFingerprinter {

	/**
	 * The version of the fields; a change of it is a decision to forget all entries.
	 */
	private static final int VERSION = 1;

	private final ChatModel model;

	private final CacheSettings settings;

	private final KeyHash keyHash;

	/**
	 * The same whoever computes it.
	 */
	private @Nullable Fingerprint modelFingerprint;

	ChatFingerprinter(ChatModel model, CacheSettings settings, KeyHash keyHash) {
		this.model = model;
		this.settings = settings;
		this.keyHash = keyHash;
	}

	/**
	 * Return the fingerprint of a request.
	 * @param scope the digest of the scope
	 * @param messages the messages of the prompt
	 * @param options the options that the model will use
	 * @param variant tells several answers to one question apart
	 * @throws UnrepresentableException if something in it has no faithful representation
	 */
	Fingerprint fingerprint(Fingerprint scope, List<Message> messages, @Nullable ChatOptions options,
			@Nullable String variant) {
		return write(this.keyHash.form("chat", VERSION), scope, messages, options, variant, null).fingerprint();
	}

	/**
	 * Return the parts of a request that was given its fingerprint.
	 */
	FormParts parts(ChatRequest request) {
		FormParts parts = new FormParts();
		write(this.keyHash.form("chat", VERSION).noting(parts), request, null);
		return parts;
	}

	/**
	 * Return the fingerprint of a request as if its last message said something else.
	 * @param question what it would say
	 */
	Fingerprint fingerprint(ChatRequest request, String question) {
		return write(this.keyHash.form("chat", VERSION), request, question).fingerprint();
	}

	/**
	 * Return the fingerprint of everything in a request but the text of its last message.
	 */
	Fingerprint setting(ChatRequest request) {
		return write(this.keyHash.form("chat-setting", VERSION), request, "").fingerprint();
	}

	private CanonicalForm write(CanonicalForm form, ChatRequest request, @Nullable String question) {
		return write(form, request.terms().scope(), request.prompt().getInstructions(), request.options(),
				request.directives().variant(), question);
	}

	private CanonicalForm write(CanonicalForm form, Fingerprint scope, List<Message> messages,
			@Nullable ChatOptions options, @Nullable String variant, @Nullable String question) {
		form.fingerprint("scope", scope).fingerprint("model", modelFingerprint()).text("variant", variant);
		if (options != null) {
			ChatOptionsForm.write(form, "options", options);
		}
		MessageForm messageForm = new MessageForm(form);
		form.begin("messages");
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			boolean asks = question != null && i == messages.size() - 1;
			messageForm.write("messages." + i, message, asks ? question : message.getText());
		}
		return form.end();
	}

	private Fingerprint modelFingerprint() {
		Fingerprint known = this.modelFingerprint;
		if (known == null) {
			known = identify();
			this.modelFingerprint = known;
		}
		return known;
	}

	/**
	 * The default options count even where a prompt brings its own: the connection is
	 * made from them, and some providers fill gaps with them.
	 */
	private Fingerprint identify() {
		ModelEndpoint endpoint = ModelEndpoint.of(this.model);
		String id = this.settings.modelId();
		if (!endpoint.known() && id == null) {
			throw new UnrepresentableException("endpoint",
					"a client of %s cannot be read".formatted(this.model.getClass().getName()));
		}
		CanonicalForm form = this.keyHash.form("chat-model", VERSION)
			.text("namespace", this.settings.namespace())
			.text("class", className())
			.text("id", id)
			.text("name", (id == null) ? this.settings.name() : null);
		endpoint.write(form, "endpoint");
		ChatOptions defaults = this.model.getOptions();
		if (defaults != null) {
			ChatOptionsForm.write(form, "defaults", defaults);
		}
		return form.fingerprint();
	}

	/**
	 * The name of a lambda's class differs from one JVM to the next, but for its start.
	 */
	private String className() {
		Class<?> type = AopProxyUtils.ultimateTargetClass(this.model);
		String name = type.getName();
		int lambda = name.indexOf("$$Lambda");
		return (type.isHidden() && lambda > 0) ? name.substring(0, lambda) : name;
	}

}
