package io.modelcache.chat;

import java.util.List;
import java.util.Set;

import io.modelcache.CacheSettings;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.ObjectForm;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Gives a chat request its identity: everything that can change the answer, and nothing
 * else.
 */
final class ChatFingerprinter {

	/**
	 * The version of the fields; a change of it is a decision to forget all entries.
	 */
	private static final int VERSION = 1;

	/**
	 * Options that are secret, belong to the connection or to this JVM.
	 */
	private static final Set<String> EXCLUDED = Set.of("apiKey", "credential", "proxy", "timeout", "maxRetries",
			"toolContext");

	private static final ObjectForm OPTIONS = ObjectForm.builder()
		.exclude(EXCLUDED)
		.walk((type) -> type.getName().startsWith("org.springframework.ai."))
		.writer(ToolCallback.class, (form, name, callback) -> tool(form, name, callback.getToolDefinition()))
		.writer(ToolDefinition.class, ChatFingerprinter::tool)
		.build();

	private final Fingerprint model;

	ChatFingerprinter(Class<?> modelClass, CacheSettings settings) {
		this.model = CanonicalForm.of("chat-model", VERSION)
			.text("namespace", settings.namespace())
			.text("class", modelClass.getName())
			.text("id", settings.modelId())
			.text("name", (settings.modelId() == null) ? settings.name() : null)
			.fingerprint();
	}

	/**
	 * Return the fingerprint of a request.
	 * @throws UnrepresentableException if something in it has no faithful representation
	 */
	Fingerprint fingerprint(Fingerprint scope, List<Message> messages, @Nullable ChatOptions options) {
		CanonicalForm form = CanonicalForm.of("chat", VERSION)
			.fingerprint("scope", scope)
			.fingerprint("model", this.model);
		if (options != null) {
			OPTIONS.writeProperties(form, "options", options);
		}
		MessageForm messageForm = new MessageForm(form);
		form.begin("messages");
		for (int i = 0; i < messages.size(); i++) {
			messageForm.write("messages." + i, messages.get(i));
		}
		return form.end().fingerprint();
	}

	private static void tool(CanonicalForm form, String name, ToolDefinition tool) {
		form.begin(name)
			.text("name", tool.name())
			.text("description", tool.description())
			.text("inputSchema", tool.inputSchema())
			.end();
	}

}
