package io.modelcache.autoconfigure.metrics;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.testing.CountingChatModel;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A chat model that tells its name and its usage, and that a test lets wait.
 */
final class GatedChatModel extends CountingChatModel {

	/**
	 * The prompt whose answer is cut short.
	 */
	static final Prompt CUT = new Prompt("cut");

	/**
	 * The prompt whose answer waits for the gate.
	 */
	static final Prompt WAITING = new Prompt("waiting");

	final CountDownLatch gate = new CountDownLatch(1);

	final AtomicInteger waiting = new AtomicInteger();

	GatedChatModel() {
		super((call) -> finished("STOP"));
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		if (prompt.equals(WAITING)) {
			this.waiting.incrementAndGet();
			await();
		}
		ChatResponse response = super.call(prompt);
		return prompt.equals(CUT) ? finished("LENGTH") : response;
	}

	private void await() {
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ChatResponse finished(String finishReason) {
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage("yes"), metadata)),
				ChatResponseMetadata.builder()
					.model("gpt-4.1-mini-2025-04-14")
					.usage(new DefaultUsage(13, 256))
					.build());
	}

}
