package io.modelcache.benchmarks;

import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * A model with the options of a real one and one answer of 1 kB.
 */
final class OneAnswer implements ChatModel {

	static final String TEXT = "A build tool for Java. ".repeat(50).substring(0, 1024);

	private final ChatOptions options = OpenAiChatOptions.builder().model("gpt-4o-mini").temperature(0.0).build();

	@Override
	public ChatResponse call(Prompt prompt) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(TEXT))));
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

}
