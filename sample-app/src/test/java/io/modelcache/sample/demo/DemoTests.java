package io.modelcache.sample.demo;

import com.openai.errors.OpenAIIoException;
import io.modelcache.sample.SampleTest;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demonstration at start-up.
 */
@SampleTest
@ExtendWith(OutputCaptureExtension.class)
class DemoTests {

	private static final ChatModel MODEL_WITHOUT_PROVIDER = (prompt) -> {
		throw new OpenAIIoException("Nobody there");
	};

	@Test
	void everySecondAnswerIsAHit(@Autowired AutowireCapableBeanFactory beanFactory, CapturedOutput output) {
		beanFactory.createBean(Demo.class).run(new DefaultApplicationArguments());
		assertThat(output).contains("the stand-in provider answers").containsPattern("Now you: http://localhost:\\d+/");
		assertThat(output.getOut().lines().filter((line) -> line.matches(".* ms +(hit|miss) .* x"))).hasSize(4)
			.allSatisfy((row) -> assertThat(row).matches(".* ms +miss .* ms +hit .*"));
		assertThat(output).containsPattern("a joke, called +[\\d.,]+ ms +miss")
			.containsPattern("a joke, streamed +[\\d.,]+ ms +hit")
			.containsPattern("a joke, called again +[\\d.,]+ ms +hit")
			.containsPattern("a joke, streamed again +[\\d.,]+ ms +hit")
			.containsPattern("a summary, reduced by a bypass +[\\d.,]+ ms +4 of 4 asked")
			.containsPattern("a summary, reduced by a bypass, again +[\\d.,]+ ms +1 of 4 asked")
			.containsPattern("a summary, reduced @Uncached +[\\d.,]+ ms +4 of 4 asked")
			.containsPattern("a summary, reduced @Uncached, again +[\\d.,]+ ms +1 of 4 asked")
			.contains("bytes, generated for this purpose, in 64 documents")
			.containsPattern("SimpleVectorStore.add +[\\d.,]+ ms .* x");
	}

	@Test
	void aProviderThatDoesNotAnswerStopsTheDemonstrationOnly(@Autowired AutowireCapableBeanFactory beanFactory,
			@Autowired EmbeddingModel embeddingModel, @Autowired Scenes scenes, @Autowired Ingestion ingestion,
			@Autowired Environment environment, CapturedOutput output) {
		ChatClient.Builder silent = ChatClient.builder(MODEL_WITHOUT_PROVIDER);
		new Demo(silent.build(), embeddingModel, scenes, ingestion, beanFactory.getBeanProvider(StandInProvider.class),
				environment)
			.run(new DefaultApplicationArguments());
		assertThat(output).contains("the provider did not answer (OpenAIIoException)").contains("Now you:");
	}

}
