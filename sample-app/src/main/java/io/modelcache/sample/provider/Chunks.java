package io.modelcache.sample.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts an answer into the chunks of a stream: word by word, then the reason why it ended,
 * then the usage for those who asked for it.
 */
final class Chunks {

	private static final Pattern AFTER_SPACE = Pattern.compile("(?<= )");

	private Chunks() {
	}

	static List<Completion> of(String id, Conversation conversation, Completion.Message message,
			Completion.Usage usage) {
		String model = conversation.model();
		List<Completion> chunks = new ArrayList<>();
		for (Completion.Message delta : deltas(message)) {
			chunks.add(Completion.chunk(id, model, delta));
		}
		chunks.add(Completion.end(id, model, message.finishReason()));
		if (conversation.includeUsage()) {
			chunks.add(Completion.usage(id, model, usage));
		}
		return chunks;
	}

	private static List<Completion.Message> deltas(Completion.Message message) {
		if (message.content() == null) {
			return List.of(message);
		}
		return AFTER_SPACE.splitAsStream(message.content()).map(Completion.Message::text).toList();
	}

}
