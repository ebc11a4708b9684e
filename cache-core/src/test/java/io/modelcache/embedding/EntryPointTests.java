package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way of asking every kind of model, compared with the model itself.
 */
class EntryPointTests extends EmbeddingFixture {

	/**
	 * Takes its time to build its tables.
	 */
	private static final BatchingStrategy STRATEGY = new TokenCountBatchingStrategy();

	private static final List<List<String>> INPUTS = List.of(List.of("a"), List.of("a", "b"), List.of("c", "a", "c"),
			List.of("a", "b", "c", "d"), List.of(" "), List.of("a", " "), List.of(" ", "e", ""), List.of("", " "),
			List.of("a", ProviderHabit.DROPPED), List.of(ProviderHabit.DROPPED),
			List.of("f", ProviderHabit.DROPPED, "g"), List.of());

	static Stream<Arguments> habitsAndWays() {
		return Arrays.stream(ProviderHabit.values())
			.flatMap((habit) -> ways().keySet().stream().map((way) -> Arguments.of(habit, way)));
	}

	@ParameterizedTest
	@MethodSource("habitsAndWays")
	void theAnswerIsThatOfTheModel(ProviderHabit habit, String way) {
		CountingEmbeddingModel model = habit.model();
		EmbeddingModel cached = caching(habit.model()).build();
		for (int round = 0; round < 3; round++) {
			for (List<String> input : INPUTS) {
				assertThat(answer(cached, way, input)).as("round %d: %s", round, input)
					.isEqualTo(answer(model, way, input));
			}
		}
	}

	/**
	 * Ask in every way, one after the other, so that each finds what the others left.
	 */
	@ParameterizedTest
	@EnumSource
	void theWaysOfAskingDoNotTakeEachOthersVectors(ProviderHabit habit) {
		CountingEmbeddingModel model = habit.model();
		EmbeddingModel cached = caching(habit.model()).build();
		for (List<String> input : INPUTS) {
			for (String way : ways().keySet()) {
				assertThat(answer(cached, way, input)).as("%s: %s", way, input).isEqualTo(answer(model, way, input));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("habitsAndWays")
	void theSecondTimeNobodyIsAsked(ProviderHabit habit, String way) {
		CountingEmbeddingModel model = habit.model();
		EmbeddingModel cached = caching(model).build();
		answer(cached, way, List.of("a", "b", "a"));
		assertThat(model.requests()).as("asked the first time").isNotEmpty();
		model.requests().clear();
		answer(cached, way, List.of("b", "a"));
		assertThat(model.requests()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void badInputIsTheModelsAffair(ProviderHabit habit) {
		EmbeddingModel model = habit.model();
		EmbeddingModel cached = caching(habit.model()).build();
		badInput().forEach((name, way) -> assertThat(outcome(cached, way)).as(name).isEqualTo(outcome(model, way)));
		assertThat(this.store.stats().entries()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aMissingStrategyToo(ProviderHabit habit) {
		Function<EmbeddingModel, Object> way = (model) -> model.embed(List.of(new Document("a")), null, null);
		assertThat(outcome(caching(habit.model()).build(), way)).isEqualTo(outcome(habit.model(), way));
	}

	private static Map<String, Function<EmbeddingModel, Object>> badInput() {
		List<String> withNull = Arrays.asList("a", null);
		Map<String, Function<EmbeddingModel, Object>> ways = new LinkedHashMap<>();
		ways.put("no request", (model) -> model.call(null));
		ways.put("no texts", (model) -> model.call(new EmbeddingRequest(null, null)));
		ways.put("a null in a request", (model) -> model.call(new EmbeddingRequest(withNull, null)));
		ways.put("a null", (model) -> model.embed((String) null));
		ways.put("a null document", (model) -> model.embed((Document) null));
		ways.put("a null list", (model) -> model.embed((List<String>) null));
		ways.put("a null in a list", (model) -> model.embed(withNull));
		ways.put("a null list for a response", (model) -> model.embedForResponse(null));
		ways.put("a null for a response", (model) -> model.embedForResponse(withNull));
		ways.put("null documents", (model) -> model.embed(null, null, STRATEGY));
		ways.put("a null among documents",
				(model) -> model.embed(Arrays.asList(new Document("a"), null), null, STRATEGY));
		ways.put("the content of null", (model) -> model.getEmbeddingContent(null));
		return ways;
	}

	private static Map<String, Function<List<String>, Function<EmbeddingModel, Object>>> ways() {
		EmbeddingOptions options = EmbeddingOptions.builder().build();
		Map<String, Function<List<String>, Function<EmbeddingModel, Object>>> ways = new LinkedHashMap<>();
		ways.put("call", (texts) -> (model) -> model.call(new EmbeddingRequest(texts, options)));
		ways.put("call without options", (texts) -> (model) -> model.call(new EmbeddingRequest(texts, null)));
		ways.put("embed each", (texts) -> (model) -> texts.stream().map(model::embed).toList());
		ways.put("embed each document", (texts) -> (model) -> documents(texts).stream().map(model::embed).toList());
		ways.put("embed list", (texts) -> (model) -> model.embed(texts));
		ways.put("embed documents", (texts) -> (model) -> model.embed(documents(texts), options, STRATEGY));
		ways.put("embed for response", (texts) -> (model) -> model.embedForResponse(texts));
		return ways;
	}

	private static List<Document> documents(List<String> texts) {
		return texts.stream()
			.map((text) -> Document.builder().text(text).metadata("title", "t" + text.length()).build())
			.toList();
	}

	private static Object answer(EmbeddingModel model, String way, List<String> texts) {
		return outcome(model, ways().get(way).apply(texts));
	}

	/**
	 * What can be seen of an answer, save who gave it and at what price.
	 */
	private static Object outcome(EmbeddingModel model, Function<EmbeddingModel, Object> way) {
		try {
			return visible(way.apply(model));
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	private static Object visible(Object answer) {
		if (answer instanceof float[] vector) {
			return Arrays.toString(vector);
		}
		if (answer instanceof EmbeddingResponse response) {
			List<Object> embeddings = new ArrayList<>();
			response.getResults()
				.forEach((embedding) -> embeddings
					.add(embedding.getIndex() + ": " + Arrays.toString(embedding.getOutput())));
			return embeddings;
		}
		return (answer instanceof List<?> list) ? list.stream().map(EntryPointTests::visible).toList() : answer;
	}

}
