package io.modelcache.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.openai.errors.OpenAIException;
import io.modelcache.sample.provider.StandInProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.ModelResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Asks every question twice when the application starts and prints how long it took.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.demo.enabled", matchIfMissing = true)
class Demo implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Demo.class);

	private static final String SKY = "Why is the sky blue?";

	private final ChatClient chatClient;

	private final EmbeddingModel embeddingModel;

	private final Scenes scenes;

	private final Ingestion ingestion;

	private final ObjectProvider<StandInProvider> standIn;

	private final Environment environment;

	Demo(ChatClient chatClient, EmbeddingModel embeddingModel, Scenes scenes, Ingestion ingestion,
			ObjectProvider<StandInProvider> standIn, Environment environment) {
		this.chatClient = chatClient;
		this.embeddingModel = embeddingModel;
		this.scenes = scenes;
		this.ingestion = ingestion;
		this.standIn = standIn;
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments args) {
		try {
			warmUp();
			System.out.printf("%n  Every question asked twice%s%n%n%s", answeredBy(), TwiceTable.of(questions()));
			System.out.printf("%n%s", StepTable.of(this.scenes.play()));
			this.ingestion.play(System.out);
		}
		catch (OpenAIException ex) {
			logger.warn("No demonstration: the provider did not answer ({})", ex.getClass().getSimpleName());
		}
		System.out.printf("%n  Now you: http://localhost:%s/%n%n", this.environment.getProperty("local.server.port"));
	}

	/**
	 * Makes the calls that load classes and open connections, which no cache can save.
	 */
	private void warmUp() {
		chat("Hello");
		embed("Hello");
	}

	private List<Twice> questions() {
		List<Twice> questions = new ArrayList<>();
		questions.add(ask("chat: a question", () -> chat(SKY)));
		questions.add(ask("chat: with a system text", () -> chat("Answer in one sentence.", SKY)));
		questions.add(ask("embedding: a question", () -> embed(SKY)));
		questions.add(ask("embedding: three documents", () -> embed("The sky", "The sea", "The color blue")));
		return questions;
	}

	private String answeredBy() {
		return " (%s, answers are kept in %s)".formatted(
				(this.standIn.getIfAvailable() != null) ? "the stand-in provider answers" : "a real provider answers",
				this.environment.getProperty("modelcache.provider"));
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
