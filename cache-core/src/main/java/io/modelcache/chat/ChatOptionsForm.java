package io.modelcache.chat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.ObjectForm;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Writes the options of a request, of whatever provider, into a canonical form.
 */
final class ChatOptionsForm {

	/**
	 * Options that are secret.
	 */
	private static final Set<String> SECRETS = Set.of("apiKey", "apiSecret", "secretKey", "accessKey", "accessToken",
			"bearerToken", "password", "credential", "credentials");

	/**
	 * Options that say how a request travels, not what it asks.
	 */
	private static final Set<String> CONNECTION = Set.of("proxy", "timeout", "connectTimeout", "readTimeout",
			"maxRetries");

	/**
	 * Options that never leave this JVM.
	 */
	private static final Set<String> LOCAL = Set.of("toolContext", "contentLengthFunction");

	private static final ObjectForm OBJECTS = ObjectForm.builder()
		.exclude(excluded())
		.exclude(ToolCallingChatOptions.class, "toolCallbacks")
		.walk(ChatOptionsForm::isSpringAi)
		.transparent(ChatOptionsForm::isSpringAi)
		.writer(ToolCallback.class, (form, name, callback) -> tool(form, name, callback.getToolDefinition()))
		.writer(ToolDefinition.class, ChatOptionsForm::tool)
		.build();

	private ChatOptionsForm() {
	}

	/**
	 * Write options.
	 * @throws UnrepresentableException if one of them has no faithful representation
	 */
	static void write(CanonicalForm form, String name, ChatOptions options) {
		OBJECTS.writeProperties(form, name, options);
		if (options instanceof ToolCallingChatOptions tools) {
			try {
				tools(form, name + ".toolCallbacks", tools.getToolCallbacks());
			}
			catch (RuntimeException ex) {
				throw new UnrepresentableException(name + ".toolCallbacks",
						"reading it fails with " + ex.getClass().getName());
			}
		}
	}

	/**
	 * Tools are found by reflection as a rule, whose order differs from one JVM to the
	 * next, so they are written in the order of their names. No tools are like none.
	 */
	private static void tools(CanonicalForm form, String name, @Nullable List<ToolCallback> callbacks) {
		if (callbacks != null) {
			callbacks.stream()
				.map(ToolCallback::getToolDefinition)
				.sorted(Comparator.comparing(ToolDefinition::name))
				.forEachOrdered((definition) -> tool(form, name, definition));
		}
	}

	private static void tool(CanonicalForm form, String name, ToolDefinition tool) {
		form.begin(name)
			.text("name", tool.name())
			.text("description", tool.description())
			.text("inputSchema", tool.inputSchema())
			.end();
	}

	private static boolean isSpringAi(Class<?> type) {
		return type.getName().startsWith("org.springframework.ai.");
	}

	private static Set<String> excluded() {
		Set<String> all = new HashSet<>(SECRETS);
		all.addAll(CONNECTION);
		all.addAll(LOCAL);
		return all;
	}

}
