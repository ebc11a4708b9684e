package io.modelcache.chat;

import java.net.URI;
import java.net.URL;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.ObjectForm;
import io.modelcache.key.UnrepresentableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

/**
 * Writes the messages of one conversation into a canonical form.
 * <p>
 * The random ids of tool calls are replaced by the order of their first appearance, so
 * that the second round of a tool conversation has the same key each time. A message of a
 * class that extends one of the four of Spring AI is written with all that its class
 * adds.
 */
final class MessageForm {

	/**
	 * The metadata that providers read back from an assistant's message; all other
	 * metadata, random ids among it, never reaches a model.
	 */
	private static final Set<String> METADATA = new TreeSet<>(Set.of("reasoningContent", "thoughtSignatures",
			"anthropicThinkingContents", "thinking", "signature", "prefix", "reasoning"));

	/**
	 * Where the OpenAI client keeps, by the id of a tool call, what it knows no field
	 * for.
	 */
	private static final String TOOL_CALL_PROPERTIES = "openai.tool_calls.additional_properties";

	/**
	 * Spring AI makes up a name with a random UUID where the caller gave none.
	 */
	private static final Pattern GENERATED_NAME = Pattern.compile("media-.*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private static final List<Class<?>> STANDARD = List.of(UserMessage.class, SystemMessage.class,
			AssistantMessage.class, ToolResponseMessage.class);

	private static final ObjectForm VALUES = ObjectForm.builder()
		.walk((type) -> type.getName().startsWith("org.springframework.ai."))
		.build();

	private final CanonicalForm form;

	private final Map<String, Integer> toolCallIds = new HashMap<>();

	MessageForm(CanonicalForm form) {
		this.form = form;
	}

	/**
	 * Write a message.
	 * @param text its text, or what it would say
	 */
	void write(String name, Message message, @Nullable String text) {
		Class<?> standard = standard(name, message);
		this.form.begin("message").text("role", message.getMessageType().getValue()).text("text", text);
		try {
			if (message instanceof AssistantMessage assistant) {
				assistant(assistant);
			}
			else if (message instanceof UserMessage user) {
				media(user.getMedia());
			}
			else if (message instanceof ToolResponseMessage tool) {
				tool.getResponses().forEach(this::toolResponse);
			}
			VALUES.writeAdded(this.form, "added", message, standard);
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(name);
		}
		this.form.end();
	}

	private static Class<?> standard(String name, Message message) {
		for (Class<?> type : STANDARD) {
			if (type.isInstance(message)) {
				return type;
			}
		}
		throw new UnrepresentableException(name,
				"class %s may hold more than the cache knows of".formatted(message.getClass().getName()));
	}

	private void assistant(AssistantMessage message) {
		Map<String, Object> metadata = message.getMetadata();
		for (AssistantMessage.ToolCall call : message.getToolCalls()) {
			toolCall(call, metadata.get(TOOL_CALL_PROPERTIES));
		}
		media(message.getMedia());
		for (String key : METADATA) {
			Object value = metadata.get(key);
			if (!isEmpty(value)) {
				VALUES.write(this.form, key, value);
			}
		}
	}

	/**
	 * Where a provider reads nothing, it does not matter what nothing is.
	 */
	private static boolean isEmpty(@Nullable Object value) {
		return value == null || value.equals("") || (value instanceof Collection<?> values && values.isEmpty());
	}

	private void toolCall(AssistantMessage.ToolCall call, @Nullable Object properties) {
		this.form.begin("toolCall")
			.integer("id", ordinal(call.id()))
			.text("type", call.type())
			.text("name", call.name())
			.text("arguments", call.arguments());
		if (properties instanceof Map<?, ?> byId && call.id() != null && !isEmpty(byId.get(call.id()))) {
			VALUES.write(this.form, "properties", byId.get(call.id()));
		}
		this.form.end();
	}

	private void toolResponse(ToolResponseMessage.ToolResponse response) {
		this.form.begin("toolResponse")
			.integer("id", ordinal(response.id()))
			.text("name", response.name())
			.text("data", response.responseData())
			.end();
	}

	private int ordinal(@Nullable String id) {
		return (id == null || id.isEmpty()) ? -1
				: this.toolCallIds.computeIfAbsent(id, (key) -> this.toolCallIds.size());
	}

	private void media(List<Media> media) {
		for (Media medium : media) {
			this.form.begin("media").text("mimeType", medium.getMimeType().toString()).text("id", medium.getId());
			if (medium.getName() != null && !GENERATED_NAME.matcher(medium.getName()).matches()) {
				this.form.text("name", medium.getName());
			}
			mediaData(medium.getData());
			this.form.end();
		}
	}

	private void mediaData(Object data) {
		if (data instanceof String || data instanceof byte[] || data instanceof URI || data instanceof URL) {
			VALUES.write(this.form, "data", data);
			return;
		}
		throw new UnrepresentableException("media.data",
				"%s is neither bytes nor a URL".formatted(data.getClass().getName()));
	}

}
