package io.modelcache.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Tracer;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerObservations}.
 */
class AnswerObservationsTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final List<Observation.Context> stopped = new ArrayList<>();

	private final ObservationRegistry registry = registry();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ModelCacheAutoConfiguration.class, ModelCacheObservationAutoConfiguration.class))
		.withBean("chat", ChatModel.class, GatedChatModel::new)
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withBean(Tracer.class, () -> Tracer.NOOP);

	@Test
	void aHitLeavesAnObservationThatSaysItIsCached() {
		this.context.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			assertThat(this.stopped).isEmpty();
			Observation parent = Observation.start("request", this.registry);
			parent.scoped(() -> model.call(PROMPT));
			assertThat(this.stopped).singleElement().satisfies((hit) -> {
				assertThat(hit.getName()).isEqualTo("modelcache.answer");
				assertThat(hit.getContextualName()).isEqualTo("chat gpt-4.1-mini-2025-04-14 (cached)");
				assertThat(hit.getParentObservation()).isSameAs(parent);
				assertThat(hit.getLowCardinalityKeyValues()).contains(KeyValue.of("modelcache.cached", "true"),
						KeyValue.of("modelcache.cache", "chat"), KeyValue.of("modelcache.layer", "caffeine"),
						KeyValue.of("modelcache.result", "hit"), KeyValue.of("gen_ai.operation.name", "chat"));
				assertThat(hit.getHighCardinalityKeyValues())
					.contains(KeyValue.of("modelcache.tokens.saved.output", "256"));
			});
		});
	}

	@Test
	void aStreamThatHitsBelongsToTheObservationOfItsSubscriber() {
		this.context.run((context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			Observation parent = Observation.start("request", this.registry);
			model.stream(PROMPT)
				.contextWrite((known) -> known.put(ObservationThreadLocalAccessor.KEY, parent))
				.blockLast();
			assertThat(this.stopped).singleElement()
				.satisfies((hit) -> assertThat(hit.getParentObservation()).isSameAs(parent));
		});
	}

	@Test
	void anEmbeddingIsNamedAsOne() {
		this.context.withBean("embedding", EmbeddingModel.class, CountingEmbeddingModel::new).run((context) -> {
			EmbeddingModel model = context.getBean(EmbeddingModel.class);
			model.embed("a");
			model.embed("a");
			assertThat(this.stopped).singleElement()
				.satisfies((hit) -> assertThat(hit.getLowCardinalityKeyValues())
					.contains(KeyValue.of("gen_ai.operation.name", "embeddings")));
		});
	}

	@Test
	void nothingIsObservedInAnApplicationThatDoesNotTraceOrDoesNotWantIt() {
		this.context.withPropertyValues("modelcache.observations.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AnswerObservations.class));
		this.context.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.run((context) -> assertThat(context).doesNotHaveBean("modelCacheAnswerObservations"));
	}

	private ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				AnswerObservationsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

}
