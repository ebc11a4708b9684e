package io.modelcache.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
 * that the second round of a tool conversation has the same key each time.
 */
final class MessageForm {

	/**
	 * The metadata that providers read back from an assistant's message; all other
	 * metadata, random ids among it, never reaches a model.
	 */
	private static final Set<String> METADATA = Set.of("reasoningContent", "thoughtSignatures", "thinking", "signature",
			"prefix", "reasoning");

	private static final String TOOL_CALL_PROPERTIES = "openai.tool_calls.additional_properties";

	private static final Set<Class<?>> STANDARD = Set.of(UserMessage.class, SystemMessage.class, AssistantMessage.class,
			ToolResponseMessage.class);

	private static final ObjectForm VALUES = ObjectForm.builder().build();

	private final CanonicalForm form;

	private final Map<String, Integer> toolCallIds = new HashMap<>();

	MessageForm(CanonicalForm form) {
		this.form = form;
	}

	void write(String name, Message message) {
		if (!STANDARD.contains(message.getClass())) {
			throw new UnrepresentableException(name,
					"class %s may hold more than the cache knows of".formatted(message.getClass().getName()));
		}
		this.form.begin("message").text("role", message.getMessageType().getValue()).text("text", message.getText());
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
		}
		catch (UnrepresentableException ex) {
			throw ex.inside(name);
		}
		this.form.end();
	}

	private void assistant(AssistantMessage message) {
		message.getToolCalls().forEach(this::toolCall);
		media(message.getMedia());
		for (Map.Entry<String, Object> entry : new TreeMap<>(message.getMetadata()).entrySet()) {
			if (METADATA.contains(entry.getKey())) {
				VALUES.write(this.form, entry.getKey(), entry.getValue());
			}
			else if (entry.getKey().equals(TOOL_CALL_PROPERTIES)) {
				toolCallProperties(entry.getValue());
			}
		}
	}

	private void toolCall(AssistantMessage.ToolCall call) {
		this.form.begin("toolCall")
			.integer("id", ordinal(call.id()))
			.text("type", call.type())
			.text("name", call.name())
			.text("arguments", call.arguments())
			.end();
	}

	private void toolResponse(ToolResponseMessage.ToolResponse response) {
		this.form.begin("toolResponse")
			.integer("id", ordinal(response.id()))
			.text("name", response.name())
			.text("data", response.responseData())
			.end();
	}

	private void toolCallProperties(@Nullable Object value) {
		if (value instanceof Map<?, ?> properties) {
			Map<Integer, Object> byOrdinal = new TreeMap<>();
			properties.forEach((id, json) -> byOrdinal.put(ordinal(String.valueOf(id)), json));
			VALUES.write(this.form, "toolCallProperties", byOrdinal);
		}
	}

	private int ordinal(@Nullable String id) {
		return (id == null || id.isEmpty()) ? -1
				: this.toolCallIds.computeIfAbsent(id, (key) -> this.toolCallIds.size());
	}

	private void media(List<Media> media) {
		for (Media medium : media) {
			this.form.begin("media").text("mimeType", medium.getMimeType().toString()).text("id", medium.getId());
			if (!isGenerated(medium.getName())) {
				this.form.text("name", medium.getName());
			}
			mediaData(medium.getData());
			this.form.end();
		}
	}

	private void mediaData(Object data) {
		if (data instanceof String || data instanceof byte[]) {
			VALUES.write(this.form, "data", data);
			return;
		}
		throw new UnrepresentableException("media.data",
				"%s is neither bytes nor a URL".formatted(data.getClass().getName()));
	}

	/**
	 * Spring AI makes up a name with a random UUID where the caller gave none.
	 */
	private static boolean isGenerated(@Nullable String name) {
		return name != null && name.matches("media-.*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
	}

}
