package io.modelcache.chat;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * A complete answer of a chat model, and how it came.
 *
 * @param response the answer as {@code call} returns it
 * @param shape the pieces in which it was streamed
 */
public record ChatAnswer(ChatResponse response, StreamShape shape) {

	/**
	 * Describe an answer that came in one piece.
	 * @param response the answer
	 * @return it, with the shape of an answer that was not streamed
	 */
	public static ChatAnswer whole(ChatResponse response) {
		return new ChatAnswer(response, StreamShape.WHOLE);
	}

	/**
	 * Show nothing of the answer.
	 */
	@Override
	public String toString() {
		return "ChatAnswer[%d generations]".formatted(this.response.getResults().size());
	}

}
