package io.modelcache.chat.semantic;

import java.util.List;

import io.modelcache.chat.ChatRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Tells by the shape of a request whether it asks one question in words: pure.
 */
final class QuestionShape {

	private final int maxTurns;

	/**
	 * Create a judge of shapes.
	 * @param maxTurns how many messages of the user a request may have, at least 1
	 */
	QuestionShape(int maxTurns) {
		this.maxTurns = maxTurns;
	}

	/**
	 * Return why only exactly the same request may be answered.
	 * @return {@code tools}, {@code media}, {@code history} or {@code shape}, or
	 * {@code null}
	 */
	@Nullable String objection(ChatRequest request) {
		List<Message> messages = request.prompt().getInstructions();
		if (messages.isEmpty() || !(messages.get(messages.size() - 1) instanceof UserMessage)) {
			return "shape";
		}
		if (hasTools(request) || messages.stream().anyMatch(QuestionShape::isOfTools)) {
			return "tools";
		}
		if (messages.stream().anyMatch(QuestionShape::hasMedia)) {
			return "media";
		}
		long turns = messages.stream().filter((message) -> message.getMessageType() == MessageType.USER).count();
		boolean spoken = messages.stream().anyMatch((message) -> message.getMessageType() == MessageType.ASSISTANT);
		return (turns > this.maxTurns || (spoken && this.maxTurns == 1)) ? "history" : null;
	}

	/**
	 * Return what the user says last.
	 * @return the text, or {@code null} if there is none
	 */
	static @Nullable String text(ChatRequest request) {
		List<Message> messages = request.prompt().getInstructions();
		return messages.get(messages.size() - 1).getText();
	}

	private static boolean hasTools(ChatRequest request) {
		return request.options() instanceof ToolCallingChatOptions options && options.getToolCallbacks() != null
				&& !options.getToolCallbacks().isEmpty();
	}

	private static boolean isOfTools(Message message) {
		return message.getMessageType() == MessageType.TOOL
				|| (message instanceof AssistantMessage assistant && assistant.hasToolCalls());
	}

	private static boolean hasMedia(Message message) {
		return (message instanceof UserMessage user && !user.getMedia().isEmpty())
				|| (message instanceof AssistantMessage assistant && !assistant.getMedia().isEmpty());
	}

}
