package io.modelcache.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.openai.errors.OpenAIException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.ModelResponse;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Asks every question twice when the application starts and prints how long it took.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.demo.enabled", matchIfMissing = true)
class Demo implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Demo.class);

	private final ChatClient chatClient;

	private final EmbeddingModel embeddingModel;

	Demo(ChatClient chatClient, EmbeddingModel embeddingModel) {
		this.chatClient = chatClient;
		this.embeddingModel = embeddingModel;
	}

	@Override
	public void run(ApplicationArguments args) {
		try {
			System.out.printf("%n  Every question asked twice%n%n%s%n", TwiceTable.of(questions()));
		}
		catch (OpenAIException ex) {
			logger.warn("No demonstration: the provider did not answer ({})", ex.getClass().getSimpleName());
		}
	}

	private List<Twice> questions() {
		List<Twice> questions = new ArrayList<>();
		questions.add(ask("chat: a question", () -> chat("Why is the sky blue?")));
		questions.add(ask("chat: with a system text", () -> chat("Answer in one sentence.", "Why is the sky blue?")));
		questions.add(ask("embedding: a question", () -> embed("Why is the sky blue?")));
		questions.add(ask("embedding: three documents", () -> embed("The sky", "The sea", "The color blue")));
		return questions;
	}

	private Twice ask(String kind, Supplier<ModelResponse<?>> question) {
		return Twice.ask(kind, question, System::nanoTime);
	}

	private ChatResponse chat(String question) {
		return Objects.requireNonNull(this.chatClient.prompt(question).call().chatResponse());
	}

	private ChatResponse chat(String system, String question) {
		return Objects.requireNonNull(this.chatClient.prompt().system(system).user(question).call().chatResponse());
	}

	private EmbeddingResponse embed(String... texts) {
		return this.embeddingModel.embedForResponse(List.of(texts));
	}

}
