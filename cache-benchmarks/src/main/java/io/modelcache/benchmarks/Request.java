package io.modelcache.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The requests that are measured.
 */
public enum Request {

	/**
	 * A question of 14 characters.
	 */
	QUESTION {

		@Override
		List<String> texts() {
			return List.of("What is Maven?");
		}

	},

	/**
	 * A conversation of 20 kB in 20 messages.
	 */
	CONVERSATION {

		@Override
		List<String> texts() {
			return IntStream.range(0, 20)
				.mapToObj((turn) -> ("Turn " + turn + " of a long talk. ").repeat(50).substring(0, 1024))
				.toList();
		}

	};

	abstract List<String> texts();

	/**
	 * Return the words of the request alone.
	 * @return the text
	 */
	String text() {
		return String.join("\n", texts());
	}

	/**
	 * Return the request as Spring AI has it.
	 * @return the prompt
	 */
	Prompt prompt() {
		List<Message> messages = new ArrayList<>();
		for (String text : texts()) {
			messages.add((messages.size() % 2 == 0) ? new UserMessage(text) : new AssistantMessage(text));
		}
		return new Prompt(messages);
	}

}
