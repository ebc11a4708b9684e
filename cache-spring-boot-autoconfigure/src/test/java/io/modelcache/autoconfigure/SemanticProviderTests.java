package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import io.modelcache.chat.semantic.EmbeddedSemanticIndex;
import io.modelcache.chat.semantic.SemanticIndex;
import io.modelcache.chat.semantic.SemanticVerifier;
import io.modelcache.key.Fingerprint;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MeaningModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the provider {@code semantic}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SemanticProviderTests {

	private static final String QUESTION = "How do I open a savings account?";

	private static final String OTHER = "What must I do to get a savings account?";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withUserConfiguration(Models.class)
		.withPropertyValues("modelcache.provider=semantic", "modelcache.semantic.decision=threshold",
				"modelcache.semantic.threshold=0.9");

	@Test
	void aSimilarQuestionIsAnsweredAndTheEmbeddingModelIsCachedExactly(CapturedOutput output) {
		this.runner.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(QUESTION);
			ChatResponse other = model.call(new Prompt(OTHER));
			assertThat(CacheStatus.of(other).layer()).isEqualTo("semantic");
			assertThat(context.getBean(ModelCacheManager.class).questionBehind(CacheStatus.of(other)))
				.isEqualTo(QUESTION);
			MeaningModel meaning = context.getBean(Models.class).meaning;
			int asked = meaning.requests().size();
			context.getBean(EmbeddingModel.class).embedForResponse(List.of(QUESTION));
			assertThat(meaning.requests()).hasSize(asked);
			assertThat(output).contains("'model' is cached: semantic over caffeine, ttl 1d")
				.contains("'embeddings' is cached: caffeine, ttl none")
				.contains("max-error-rate is not enforced");
		});
	}

	@Test
	void aWrongAnswerIsReported() {
		this.runner.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			ModelCacheManager manager = context.getBean(ModelCacheManager.class);
			model.call(QUESTION);
			CacheStatus status = CacheStatus.of(model.call(new Prompt(OTHER)));
			assertThat(manager.reportWrong(status)).isTrue();
			assertThat(CacheStatus.of(model.call(new Prompt(OTHER))).hit()).isFalse();
			assertThat(manager.reportWrong(CacheStatus.of(model.call(new Prompt(OTHER))))).isTrue();
			assertThat(CacheStatus.of(model.call(new Prompt(OTHER))).hit()).isFalse();
			assertThat(manager.reportWrong(CacheStatus.NONE)).isFalse();
		});
	}

	@Test
	void verifiersOfTheApplicationAreAsked() {
		this.runner.withBean(SemanticVerifier.class, () -> (candidate) -> false).run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(QUESTION);
			assertThat(CacheStatus.of(model.call(new Prompt(OTHER))).detail()).isEqualTo("refused-verifier");
		});
	}

	@Test
	void ofSeveralEmbeddingModelsOneIsNamed() {
		ApplicationContextRunner two = this.runner.withBean("other", EmbeddingModel.class, MeaningModel::new);
		two.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.hasMessageContaining("there are several beans of type EmbeddingModel, other, embeddings"));
		two.withPropertyValues("modelcache.semantic.embedding-model=nobody")
			.run((context) -> assertThat(context).hasFailed().getFailure().hasMessageContaining("names 'nobody'"));
		two.withPropertyValues("modelcache.semantic.embedding-model=embeddings")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aCalibrationPrintsAThresholdAndEndsTheApplication(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path pairs = Files.writeString(directory.resolve("pairs.jsonl"), """
				{"query_a": "%s", "query_b": "%s", "equivalent": 1}
				{"query_a": "%s", "query_b": "How many legs does a spider have?", "equivalent": false}
				""".formatted(QUESTION, OTHER, QUESTION));
		Application.of(Models.class)
			.start("modelcache.semantic.calibrate=" + pairs, "modelcache.semantic.decision=threshold");
		assertThat(output).contains("2 pairs, threshold decision", "Set modelcache.semantic.threshold: 0.9");
	}

	@Test
	void aFileThatCannotBeReadIsSaidWithItsLine(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path pairs = Files.writeString(directory.resolve("pairs.jsonl"), "\n{\"query_a\": \"secret\"}\n");
		Application.of(Models.class).fail("modelcache.semantic.calibrate=" + pairs);
		assertThat(output).contains("Line 2 should be like {").doesNotContain("secret");
		Application.of(Models.class).fail("modelcache.semantic.calibrate=" + directory.resolve("nothing"));
		assertThat(output).contains("It cannot be read: write the path of a file.");
	}

	@Test
	void aChatModelOfItsOwnMayBeSemanticAlone(CapturedOutput output) {
		this.runner.withPropertyValues("modelcache.provider=caffeine", "modelcache.models.model.provider=semantic")
			.run((context) -> assertThat(output).contains("'model' is cached: semantic over caffeine")
				.contains("'embeddings' is cached: caffeine"));
	}

	@Test
	void theAnswersMayLiveInADatabase(CapturedOutput output) {
		this.runner
			.withPropertyValues("modelcache.semantic.store=jdbc", "modelcache.jdbc.url=jdbc:h2:mem:semantic",
					"modelcache.guard.timeout=10s")
			.run((context) -> {
				ChatModel model = context.getBean(ChatModel.class);
				assertThat(CacheStatus.of(model.call(new Prompt(QUESTION))).stored()).isTrue();
				assertThat(CacheStatus.of(model.call(new Prompt(OTHER))).layer()).isEqualTo("semantic");
				assertThat(output).contains("'model' is cached: semantic over jdbc");
			});
	}

	@Test
	void oneModelMayCompareQuestionsInItsOwnWay() {
		this.runner.withBean("strict", ChatModel.class, CountingChatModel::new)
			.withPropertyValues("modelcache.models.strict.semantic.threshold=0.99")
			.run((context) -> {
				for (String name : List.of("model", "strict")) {
					ChatModel model = context.getBean(name, ChatModel.class);
					model.call(QUESTION);
					CacheStatus other = CacheStatus.of(model.call(new Prompt(OTHER)));
					assertThat(other.hit()).as(name).isEqualTo(name.equals("model"));
				}
				ModelCacheManager manager = context.getBean(ModelCacheManager.class);
				CacheStatus wrong = CacheStatus.of(context.getBean("model", ChatModel.class).call(new Prompt(OTHER)));
				assertThat(manager.questionBehind(wrong)).isEqualTo(QUESTION);
				assertThat(manager.reportWrong(wrong)).isTrue();
			});
	}

	@Test
	void oneModelMayHaveAnEmbeddingModelOfItsOwn() {
		this.runner.withBean("other", EmbeddingModel.class, MeaningModel::new)
			.withBean("second", ChatModel.class, CountingChatModel::new)
			.withPropertyValues("modelcache.semantic.embedding-model=embeddings",
					"modelcache.models.second.semantic.embedding-model=other")
			.run((context) -> {
				ChatModel second = context.getBean("second", ChatModel.class);
				second.call(QUESTION);
				assertThat(CacheStatus.of(second.call(new Prompt(OTHER))).hit()).isFalse();
				assertThat(context.getBean(Models.class).meaning.requests()).isEmpty();
			});
	}

	@Test
	void anEmbeddingModelOfItsOwnThatIsNotThereIsNamed() {
		this.runner.withPropertyValues("modelcache.models.model.semantic.embedding-model=nobody")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasMessageContaining("modelcache.models.model.semantic.embedding-model names 'nobody'"));
	}

	@Test
	void theKeyOfAnAnswerToASimilarQuestionNamesTheAnswerToo() {
		this.runner.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			ModelCacheManager manager = context.getBean(ModelCacheManager.class);
			CacheStatus first = CacheStatus.of(model.call(new Prompt(QUESTION)));
			CacheStatus similar = CacheStatus.of(model.call(new Prompt(OTHER)));
			assertThat(manager.find(String.valueOf(similar.key()))).extracting(Fingerprint::id)
				.containsExactlyInAnyOrder(similar.key(), first.key());
			manager.find(String.valueOf(similar.key())).forEach(manager::evict);
			assertThat(CacheStatus.of(model.call(new Prompt(OTHER))).hit()).isFalse();
		});
	}

	@Test
	void anEmbeddingModelThatIsLazyIsCreatedWithTheFirstQuestion(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withPropertyValues("modelcache.provider=semantic")
			.withBean("model", ChatModel.class, CountingChatModel::new)
			.withBean("embeddings", EmbeddingModel.class, MeaningModel::new, (bean) -> bean.setLazyInit(true))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("embeddings")).isFalse();
				context.getBean(ChatModel.class).call(QUESTION);
				assertThat(context.getBeanFactory().containsSingleton("embeddings")).isTrue();
				assertThat(output).contains("Similar questions are found by 'embeddings'");
			});
	}

	@Test
	void anEmbeddingModelMayNeedTheChatModel() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withPropertyValues("modelcache.provider=semantic")
			.withUserConfiguration(Circle.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(ChatModel.class).call(QUESTION);
				assertThat(CacheStatus.of(context.getBean(ChatModel.class).call(new Prompt(QUESTION + " "))).layer())
					.isEqualTo("canonical");
			});
	}

	@Test
	void aModelWhoseSimilaritiesWereNotMeasuredIsSaidAtTheStart(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withPropertyValues("modelcache.provider=semantic")
			.withUserConfiguration(Models.class)
			.run((context) -> assertThat(output).contains("'embeddings' is not one whose similarities were measured"));
	}

	@Test
	void anIndexThatAllShareIsNotForAnswersOnTheHeapOfEach() {
		this.runner.withPropertyValues("modelcache.semantic.index=redis")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasMessageContaining("All instances would share the index"));
		this.runner.withPropertyValues("modelcache.provider=caffeine", "modelcache.semantic.index=redis")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void ofTwoIndexesNoneIsChosenSilently() {
		this.runner.withBean("one", SemanticIndex.class, () -> EmbeddedSemanticIndex.builder().build())
			.withBean("two", SemanticIndex.class, () -> EmbeddedSemanticIndex.builder().build())
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.isInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	/**
	 * An embedding model that needs the chat model.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Circle {

		@Bean
		EmbeddingModel embeddings(ChatModel model) {
			assertThat(model).isNotNull();
			return new MeaningModel();
		}

		@Bean
		CountingChatModel model() {
			return new CountingChatModel();
		}

	}

	/**
	 * One model of each kind.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Models {

		final MeaningModel meaning = new MeaningModel();

		Models() {
			this.meaning.near(QUESTION, OTHER, 0.97);
		}

		@Bean
		CountingChatModel model() {
			return new CountingChatModel();
		}

		@Bean
		EmbeddingModel embeddings() {
			return this.meaning;
		}

	}

}
