package io.modelcache.key;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions.StreamOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for an {@link ObjectForm} of the options of Spring AI.
 */
class OptionsFormTests {

	private final ObjectForm options = ObjectForm.builder()
		.exclude(Set.of("apiKey", "credential", "proxy", "timeout", "maxRetries", "toolContext"))
		.walk((type) -> type.getName().startsWith("org.springframework.ai."))
		.build();

	@ParameterizedTest
	@MethodSource("openAi")
	void everyOptionOfOpenAiChangesTheForm(Consumer<OpenAiChatOptions.Builder> change) {
		OpenAiChatOptions.Builder changed = openAiBuilder();
		change.accept(changed);
		assertThat(fingerprint(changed.build())).isEqualTo(fingerprint(changed.build()))
			.isNotEqualTo(fingerprint(openAiBuilder().build()));
	}

	static Stream<Arguments> openAi() {
		return Stream.of(openAi("model", (o) -> o.model("gpt-4o-mini")),
				openAi("baseUrl", (o) -> o.baseUrl("http://other")),
				openAi("deploymentName", (o) -> o.deploymentName("blue")),
				openAi("organizationId", (o) -> o.organizationId("acme")),
				openAi("microsoftFoundry", (o) -> o.microsoftFoundry(true)),
				openAi("gitHubModels", (o) -> o.gitHubModels(true)),
				openAi("customHeaders", (o) -> o.customHeaders(Map.of("X-Route", "b"))),
				openAi("frequencyPenalty", (o) -> o.frequencyPenalty(0.1)),
				openAi("logitBias", (o) -> o.logitBias(Map.of("1", 2))), openAi("logprobs", (o) -> o.logprobs(true)),
				openAi("topLogprobs", (o) -> o.topLogprobs(2)), openAi("maxTokens", (o) -> o.maxTokens(100)),
				openAi("maxCompletionTokens", (o) -> o.maxCompletionTokens(100)), openAi("n", (o) -> o.n(2)),
				openAi("outputModalities", (o) -> o.outputModalities(List.of("text"))),
				openAi("presencePenalty", (o) -> o.presencePenalty(0.1)),
				openAi("responseFormat", (o) -> o.responseFormat(format("{}"))),
				openAi("streamOptions", (o) -> o.streamOptions(StreamOptions.builder().includeUsage(true).build())),
				openAi("seed", (o) -> o.seed(1)), openAi("stop", (o) -> o.stop(List.of("END"))),
				openAi("temperature", (o) -> o.temperature(0.1)), openAi("topP", (o) -> o.topP(0.1)),
				openAi("toolChoice", (o) -> o.toolChoice("none")), openAi("user", (o) -> o.user("u")),
				openAi("parallelToolCalls", (o) -> o.parallelToolCalls(false)), openAi("store", (o) -> o.store(true)),
				openAi("metadata", (o) -> o.metadata(Map.of("a", "b"))),
				openAi("reasoningEffort", (o) -> o.reasoningEffort("high")),
				openAi("verbosity", (o) -> o.verbosity("low")), openAi("serviceTier", (o) -> o.serviceTier("flex")),
				openAi("promptCacheKey", (o) -> o.promptCacheKey("k")),
				openAi("extraBody", (o) -> o.extraBody(Map.of("a", Map.of("b", 1)))),
				openAi("outputSchema", (o) -> o.outputSchema("{}")));
	}

	@ParameterizedTest
	@MethodSource("excluded")
	void secretsAndConnectionsDoNot(Consumer<OpenAiChatOptions.Builder> change) {
		OpenAiChatOptions.Builder changed = openAiBuilder();
		change.accept(changed);
		assertThat(fingerprint(changed.build())).isEqualTo(fingerprint(openAiBuilder().build()));
	}

	static Stream<Arguments> excluded() {
		return Stream.of(openAi("apiKey", (o) -> o.apiKey("sk-another")),
				openAi("timeout", (o) -> o.timeout(Duration.ofSeconds(3))),
				openAi("maxRetries", (o) -> o.maxRetries(7)), openAi("proxy", (o) -> o.proxy(java.net.Proxy.NO_PROXY)),
				openAi("toolContext", (o) -> o.toolContext(new HashMap<>(Map.of("a", new Object())))));
	}

	private static Arguments openAi(String name, Consumer<OpenAiChatOptions.Builder> change) {
		return argumentSet(name, change);
	}

	@Test
	void whatAnOptionHoldsCountsToo() {
		assertThat(fingerprint(openAiBuilder().responseFormat(format("{}")).build()))
			.isNotEqualTo(fingerprint(openAiBuilder().responseFormat(format("{\"type\":\"object\"}")).build()));
		assertThat(fingerprint(openAiBuilder().extraBody(Map.of("a", Map.of("b", 1))).build()))
			.isNotEqualTo(fingerprint(openAiBuilder().extraBody(Map.of("a", Map.of("b", 2))).build()));
	}

	@ParameterizedTest
	@MethodSource("portable")
	void everyPortableOptionChangesTheForm(Consumer<ChatOptions.Builder<?>> change) {
		ChatOptions.Builder<?> changed = portableBuilder();
		change.accept(changed);
		assertThat(changed.build()).isInstanceOf(DefaultChatOptions.class);
		assertThat(fingerprint(changed.build())).isEqualTo(fingerprint(changed.build()))
			.isNotEqualTo(fingerprint(portableBuilder().build()));
	}

	static Stream<Arguments> portable() {
		return Stream.of(portable("model", (o) -> o.model("b")),
				portable("frequencyPenalty", (o) -> o.frequencyPenalty(0.1)),
				portable("maxTokens", (o) -> o.maxTokens(1)),
				portable("presencePenalty", (o) -> o.presencePenalty(0.1)),
				portable("stopSequences", (o) -> o.stopSequences(List.of("END"))),
				portable("temperature", (o) -> o.temperature(0.1)), portable("topK", (o) -> o.topK(1)),
				portable("topP", (o) -> o.topP(0.1)));
	}

	private static Arguments portable(String name, Consumer<ChatOptions.Builder<?>> change) {
		return argumentSet(name, change);
	}

	@Test
	void optionsOfAnotherClassWithTheSameValuesDiffer() {
		assertThat(fingerprint(OpenAiChatOptions.builder().model("a").build()))
			.isNotEqualTo(fingerprint(ChatOptions.builder().model("a").build()));
	}

	private static OpenAiChatOptions.Builder openAiBuilder() {
		return OpenAiChatOptions.builder().model("gpt-4o").apiKey("sk-secret").temperature(0.7);
	}

	private static ChatOptions.Builder<?> portableBuilder() {
		return ChatOptions.builder().model("a").temperature(0.7);
	}

	private static ResponseFormat format(String schema) {
		return ResponseFormat.builder().type(ResponseFormat.Type.JSON_SCHEMA).jsonSchema(schema).build();
	}

	private Fingerprint fingerprint(Object value) {
		CanonicalForm form = CanonicalForm.of("test", 1);
		this.options.write(form, "options", value);
		return form.fingerprint();
	}

}
