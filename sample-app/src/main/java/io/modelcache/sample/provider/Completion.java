package io.modelcache.sample.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A chat completion, or one chunk of it, as OpenAI writes it on the wire.
 *
 * @param id the name of the completion
 * @param object what it is: a completion or a chunk
 * @param created always the same moment, because the answers never change
 * @param model the model that was asked for
 * @param choices the answer; empty in the chunk with the usage
 * @param usage the tokens counted
 */
record Completion(String id, String object, long created, String model, List<Choice> choices, @Nullable Usage usage) {

	private static final long CREATED = 1_763_596_800;

	static Completion whole(String id, String model, Message message, Usage usage) {
		Choice choice = new Choice(0, message, null, message.finishReason());
		return new Completion(id, "chat.completion", CREATED, model, List.of(choice), usage);
	}

	static Completion chunk(String id, String model, Message delta) {
		return chunk(id, model, List.of(new Choice(0, null, delta, null)), null);
	}

	static Completion end(String id, String model, String finishReason) {
		return chunk(id, model, List.of(new Choice(0, null, Message.EMPTY, finishReason)), null);
	}

	static Completion usage(String id, String model, Usage usage) {
		return chunk(id, model, List.of(), usage);
	}

	private static Completion chunk(String id, String model, List<Choice> choices, @Nullable Usage usage) {
		return new Completion(id, "chat.completion.chunk", CREATED, model, choices, usage);
	}

	/**
	 * One answer of a completion.
	 *
	 * @param index its place
	 * @param message the whole answer
	 * @param delta the next piece of the answer
	 * @param finishReason why the answer ended
	 */
	record Choice(int index, @Nullable Message message, @Nullable Message delta, @Nullable String finishReason) {
	}

	/**
	 * What the stand-in says: a text, or the wish to have a tool called.
	 *
	 * @param role who speaks
	 * @param content the text
	 * @param toolCalls the tools to call
	 */
	record Message(@Nullable String role, @Nullable String content, @Nullable List<ToolCall> toolCalls) {

		static final Message EMPTY = new Message(null, null, null);

		static Message text(String text) {
			return new Message("assistant", text, null);
		}

		static Message call(ToolCall toolCall) {
			return new Message("assistant", null, List.of(toolCall));
		}

		String finishReason() {
			return (this.toolCalls != null) ? "tool_calls" : "stop";
		}

	}

	/**
	 * A wish to have a tool called.
	 *
	 * @param index its place
	 * @param id the name under which the result comes back
	 * @param type always a function
	 * @param function which function, and with what
	 */
	record ToolCall(int index, String id, String type, Function function) {
	}

	/**
	 * The function of a tool call.
	 *
	 * @param name the name of the tool
	 * @param arguments the arguments, as JSON
	 */
	record Function(String name, String arguments) {
	}

	/**
	 * The tokens counted, which for the stand-in are words.
	 *
	 * @param promptTokens the words of the question
	 * @param completionTokens the words of the answer
	 * @param totalTokens both
	 */
	record Usage(int promptTokens, int completionTokens, int totalTokens) {

		static Usage of(int promptTokens, int completionTokens) {
			return new Usage(promptTokens, completionTokens, promptTokens + completionTokens);
		}

	}

}
