package io.modelcache.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A chat model that counts its calls and answers with their number, unless told
 * otherwise.
 */
public class CountingChatModel implements ChatModel {

	private final AtomicInteger calls = new AtomicInteger();

	private final Function<Integer, ChatResponse> answer;

	private ChatOptions options = ChatOptions.builder().model("test").build();

	/**
	 * Create a model that answers {@code answer 1}, {@code answer 2} and so on.
	 */
	public CountingChatModel() {
		this((call) -> answer("answer " + call));
	}

	/**
	 * Create a model.
	 * @param answer gives the answer to the call of a number, which may be {@code null}
	 */
	public CountingChatModel(Function<Integer, ChatResponse> answer) {
		this.answer = answer;
	}

	/**
	 * Make a complete answer.
	 * @param text its text
	 * @return the answer
	 */
	public static ChatResponse answer(String text) {
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason("STOP").build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text), metadata)));
	}

	/**
	 * Return how often this model was asked.
	 * @return the number of calls and streams
	 */
	public int calls() {
		return this.calls.get();
	}

	/**
	 * Set the model's own options.
	 * @param options the options
	 * @return this model
	 */
	public CountingChatModel options(ChatOptions options) {
		this.options = options;
		return this;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.answer.apply(this.calls.incrementAndGet());
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> Flux.just(this.answer.apply(this.calls.incrementAndGet())));
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

}
