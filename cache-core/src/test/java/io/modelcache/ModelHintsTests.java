package io.modelcache;

import java.lang.reflect.Method;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelHints}.
 */
class ModelHintsTests {

	private static final RuntimeHints HINTS = hints();

	@ParameterizedTest
	@ValueSource(classes = { OpenAiChatOptions.class, OpenAiChatOptions.AudioParameters.class,
			OpenAiChatOptions.StreamOptions.class, OpenAiEmbeddingOptions.class, AnthropicChatOptions.class,
			OllamaChatOptions.class, OllamaEmbeddingOptions.class, GoogleGenAiChatOptions.class,
			DefaultChatOptions.class, DefaultToolCallingChatOptions.class })
	void everyGetterAndFieldOfOptionsIsSeen(Class<?> options) {
		for (Method method : options.getMethods()) {
			if (method.getDeclaringClass() != Object.class && method.getParameterCount() == 0) {
				assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).as(method.toString())
					.accepts(HINTS);
			}
		}
		assertFieldsOfAllLevels(options);
	}

	@ParameterizedTest
	@ValueSource(classes = { OpenAiChatModel.class, OpenAiEmbeddingModel.class, AnthropicChatModel.class,
			OllamaEmbeddingModel.class })
	void everyFieldOfAModelIsSeen(Class<?> model) {
		assertFieldsOfAllLevels(model);
	}

	@ParameterizedTest
	@ValueSource(classes = { ChatModel.class, EmbeddingModel.class, OpenAiEmbeddingModel.class })
	void theMethodsOfAModelCanBeCalledByName(Class<?> model) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(model)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(HINTS);
	}

	@Test
	void theTextOfAValueOfAnSdkIsSeen() {
		Class<?> effort = Stream.of(AnthropicChatOptions.class.getDeclaredFields())
			.map((field) -> field.getType())
			.filter((type) -> type.getName().startsWith("com.anthropic."))
			.findAny()
			.orElseThrow();
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(effort)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(HINTS);
	}

	private static void assertFieldsOfAllLevels(Class<?> type) {
		for (Class<?> level = type; level.getName()
			.startsWith("org.springframework.ai."); level = level.getSuperclass()) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(level)
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).as(level.getName()).accepts(HINTS);
		}
	}

	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		new ModelHints().registerHints(hints, ModelHintsTests.class.getClassLoader());
		return hints;
	}

}
