package io.modelcache.sample.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.modelcache.sample.provider.Completion.Message;
import io.modelcache.sample.provider.Completion.Usage;
import io.modelcache.sample.provider.Conversation.Tool;
import io.modelcache.sample.provider.Conversation.Turn;

/**
 * What the stand-in provider says: the same answer to the same question, always.
 */
final class CannedAnswers {

	private static final List<String> REMARKS = List.of(
			"The first time, an answer costs time and tokens; the second time, a look into a map.",
			"Ask exactly this once more and the answer will not come from here, but from the cache.",
			"A cached answer is the same answer: same words, same metadata, only sooner.",
			"Change one word of the question and it is another question, with an answer of its own.",
			"Whoever asks next week pays again: by default an answer is kept for a day.");

	private CannedAnswers() {
	}

	/**
	 * The answer to a conversation. A tool is called when the user's question contains
	 * its name; its result is repeated in words.
	 * @param call the number of the call, which names a tool call
	 * @param conversation the conversation so far
	 * @return the next message
	 */
	static Message to(long call, Conversation conversation) {
		Turn last = conversation.last();
		if (last.role().equals("tool")) {
			return Message.text("The stand-in provider had a tool called, and it said: " + last.text());
		}
		return wantedTool(conversation)
			.map((tool) -> Message.call(ToolArguments.call("call_stand_in_" + call, tool, last.text())))
			.orElseGet(() -> Message.text(toQuestion(last.text())));
	}

	static Usage usage(Conversation conversation, Message message) {
		int asked = conversation.turns().stream().mapToInt((turn) -> words(turn.text())).sum();
		return Usage.of(asked, (message.content() != null) ? words(message.content()) : 1);
	}

	private static Optional<Tool> wantedTool(Conversation conversation) {
		String question = conversation.last().text().toLowerCase(Locale.ROOT);
		return conversation.tools()
			.stream()
			.filter((tool) -> question.contains(tool.name().toLowerCase(Locale.ROOT)))
			.findFirst();
	}

	private static String toQuestion(String question) {
		String remark = REMARKS.get(Math.floorMod(question.hashCode(), REMARKS.size()));
		return """
				You asked: “%s”
				I am the stand-in provider of this sample, not a language model: I take as long as one, \
				but my answers are canned.
				%s""".formatted(question, remark);
	}

	private static int words(String text) {
		return text.isBlank() ? 0 : text.strip().split("\\s+").length;
	}

}
