package io.modelcache.autoconfigure.metrics;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.FlakyStore;
import io.modelcache.testing.MeaningModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CacheMeters}: what is counted for a script of calls, exactly.
 */
@Timeout(60)
class CacheMetersTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final GatedChatModel chat = new GatedChatModel();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class,
				ModelCacheFiguresAutoConfiguration.class, ModelCacheMetricsAutoConfiguration.class))
		.withBean("chat", ChatModel.class, () -> this.chat)
		.withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void aScriptOfCallsIsCountedExactly() {
		this.context
			.withPropertyValues("modelcache.prices.[gpt-4.1-mini].input=1", "modelcache.prices.[gpt-4.1-mini].output=2",
					"modelcache.currency=EUR")
			.run((context) -> {
				ChatModel model = context.getBean("chat", ChatModel.class);
				model.call(PROMPT);
				model.call(PROMPT);
				model.stream(PROMPT).blockLast();
				CacheControl.bypass().call(() -> model.call(PROMPT));
				model.call(GatedChatModel.CUT);
				callTwiceAtOnce(model);
				assertThat(value(context, "cache.gets", "result", "hit")).isEqualTo(2);
				assertThat(value(context, "cache.gets", "result", "miss")).isEqualTo(4);
				assertThat(value(context, "cache.puts")).isEqualTo(2);
				assertThat(value(context, "cache.size")).isEqualTo(2);
				assertThat(value(context, "cache.evictions")).isZero();
				assertThat(value(context, "modelcache.provider.calls")).isEqualTo(4).isEqualTo(this.chat.calls());
				assertThat(value(context, "modelcache.provider.calls.avoided")).isEqualTo(3);
				assertThat(value(context, "modelcache.collapsed")).isEqualTo(1);
				assertThat(value(context, "modelcache.bypass", "reason", "bypass")).isEqualTo(1);
				assertThat(value(context, "modelcache.rejections", "reason", "incomplete")).isEqualTo(1);
				assertThat(value(context, "modelcache.tokens.saved", "type", "input")).isEqualTo(3 * 13);
				assertThat(value(context, "modelcache.tokens.saved", "type", "output")).isEqualTo(3 * 256);
				assertThat(value(context, "modelcache.cost.saved", "currency", "EUR"))
					.isCloseTo(3 * (13 * 1 + 256 * 2) / 1e6, within(1e-12));
				assertThat(lookups(context, "chat", "hit")).isEqualTo(2);
				assertThat(lookups(context, "chat", "miss")).isEqualTo(4);
			});
	}

	@Test
	void batchesOfEmbeddingsAreCountedByTheirTexts() {
		this.context.withBean("embedding", EmbeddingModel.class, CountingEmbeddingModel::new).run((context) -> {
			EmbeddingModel model = context.getBean("embedding", EmbeddingModel.class);
			model.embed(List.of("a", "b"));
			model.embed(List.of("a", "c"));
			model.embed(List.of("a", "b", "c"));
			assertThat(value(context, "cache.gets", "cache", "embedding", "result", "hit")).isEqualTo(4);
			assertThat(value(context, "cache.gets", "cache", "embedding", "result", "miss")).isEqualTo(3);
			assertThat(value(context, "cache.puts", "cache", "embedding")).isEqualTo(3);
			assertThat(value(context, "modelcache.provider.calls", "cache", "embedding")).isEqualTo(2);
			assertThat(value(context, "modelcache.provider.calls.avoided", "cache", "embedding")).isEqualTo(1);
			assertThat(lookups(context, "embedding", "miss")).isEqualTo(1);
			assertThat(lookups(context, "embedding", "partial")).isEqualTo(1);
			assertThat(lookups(context, "embedding", "hit")).isEqualTo(1);
			assertThat(value(context, "cache.puts", "cache", "chat")).isZero();
		});
	}

	@Test
	void aStoreThatIsDownIsCountedAndShown() {
		FlakyStore store = new FlakyStore(CaffeineCacheStore.ofMaximumWeight(1_000_000));
		store.fail(new UncheckedIOException(new ConnectException("refused")));
		this.context.withBean("store", CacheStore.class, () -> store)
			.withPropertyValues("modelcache.provider=custom", "modelcache.guard.open-for=1h")
			.run((context) -> {
				assertThat(value(context, "modelcache.store.breaker.open", "operation", "read")).isZero();
				ChatModel model = context.getBean("chat", ChatModel.class);
				model.call(PROMPT);
				model.call(PROMPT);
				assertThat(value(context, "modelcache.store.failures", "store", "custom", "operation", "read"))
					.isEqualTo(2);
				assertThat(value(context, "modelcache.store.breaker.open", "operation", "read")).isEqualTo(1);
				await().untilAsserted(() -> assertThat(
						value(context, "modelcache.store.failures", "store", "custom", "operation", "write"))
					.isEqualTo(2));
				assertThat(value(context, "cache.gets", "result", "miss")).isEqualTo(2);
				assertThat(registry(context).find("cache.size").meters()).isEmpty();
			});
	}

	@Test
	void aScriptOfSimilarQuestionsIsCountedExactly() {
		MeaningModel meaning = new MeaningModel()
			.near("What happens after 30 days?", "What will happen after 30 days?", 0.98)
			.near("What happens after 30 days?", "What happens after 60 days?", 0.97);
		this.context.withBean("embeddings", EmbeddingModel.class, () -> meaning)
			.withPropertyValues("modelcache.provider=semantic", "modelcache.semantic.threshold=0.86")
			.run((context) -> {
				ChatModel model = context.getBean("chat", ChatModel.class);
				model.call(new Prompt("What happens after 30 days?"));
				model.call(new Prompt("What will happen after 30 days?"));
				model.call(new Prompt("What will happen after 30 days?"));
				model.call(new Prompt("What happens after 30 days"));
				model.call(new Prompt("What happens after 60 days?"));
				model.call(new Prompt("Was passiert nach 30 Tagen?"));
				assertThat(value(context, "cache.gets", "cache", "chat", "result", "hit")).isEqualTo(3);
				assertThat(value(context, "cache.gets", "cache", "chat", "result", "miss")).isEqualTo(3);
				assertThat(value(context, "cache.puts", "cache", "chat")).isEqualTo(3);
				assertThat(value(context, "modelcache.provider.calls", "cache", "chat")).isEqualTo(3);
				assertThat(value(context, "modelcache.semantic.refusals", "guard", "number")).isEqualTo(1);
				assertThat(value(context, "modelcache.semantic.exact.only", "reason", "language")).isEqualTo(1);
				assertThat(
						registry(context).get("modelcache.semantic.similarity").tag("outcome", "hit").summary().count())
					.isEqualTo(2);
				assertThat(registry(context).get("modelcache.semantic.similarity")
					.tag("outcome", "refused")
					.summary()
					.count()).isEqualTo(1);
				for (String layer : List.of("semantic", "alias", "canonical")) {
					assertThat(registry(context).get("modelcache.lookup").tag("layer", layer).timer().count())
						.isEqualTo(1);
				}
			});
	}

	@Test
	void semanticDecisionsAreCounted() {
		this.context.run((context) -> {
			CacheMeters meters = context.getBean(CacheMeters.class);
			assertThat(registry(context).find("modelcache.semantic.similarity").meters()).isEmpty();
			meters.onHit("chat", new CacheStatus(null, 1, 0, false, false, null, null, 0.97, "semantic", null, null));
			meters.onExactOnly("chat", "language");
			meters.onRefusal("chat", "number", 0.93);
			meters.onRefusal("chat", "number", 0.95);
			meters.onShadowCheck("chat", 0.97, true);
			meters.onShadowCheck("chat", 0.97, true);
			meters.onShadowCheck("chat", 0.91, true);
			meters.onShadowCheck("chat", 0.9, false);
			assertThat(registry(context).get("modelcache.semantic.similarity").tag("outcome", "hit").summary().max())
				.isEqualTo(0.97);
			assertThat(registry(context).get("modelcache.semantic.similarity").tag("outcome", "refused").summary())
				.satisfies((summary) -> assertThat(summary.count()).isEqualTo(2))
				.satisfies((summary) -> assertThat(summary.totalAmount()).isCloseTo(1.88, within(1e-9)));
			assertThat(value(context, "modelcache.semantic.refusals", "guard", "number")).isEqualTo(2);
			assertThat(value(context, "modelcache.semantic.exact.only", "reason", "language")).isEqualTo(1);
			assertThat(value(context, "modelcache.semantic.checks", "result", "right")).isEqualTo(3);
			assertThat(value(context, "modelcache.semantic.checks", "result", "wrong")).isEqualTo(1);
			assertThat(value(context, "modelcache.semantic.wrong.share")).isEqualTo(0.25);
		});
	}

	@Test
	void withoutPricesThereIsNoFigureOfMoney() {
		this.context.run((context) -> {
			context.getBean("chat", ChatModel.class).call(PROMPT);
			assertThat(registry(context).find("modelcache.cost.saved").meters()).isEmpty();
		});
	}

	@Test
	void aCacheThatWasNeverAskedShowsZeros() {
		this.context
			.run((context) -> assertThat(value(context, "cache.gets", "cache", "chat", "result", "hit")).isZero());
	}

	@Test
	void reasonsOfPoliciesAreBounded() {
		this.context.run((context) -> {
			CacheMeters meters = context.getBean(CacheMeters.class);
			meters.onReject("chat", "a sentence of somebody's question");
			for (int i = 0; i < 1000; i++) {
				meters.onReject("chat", "reason-" + i);
			}
			assertThat(registry(context).get("modelcache.rejections").meters()).hasSize(BoundedCounters.LIMIT)
				.extracting((meter) -> meter.getId().getTag("reason"))
				.contains(BoundedCounters.OTHER)
				.noneMatch((reason) -> reason.contains("question"));
		});
	}

	/**
	 * Prometheus takes no two meters of one name with different tags.
	 */
	@Test
	void theMetersOfCachesHaveTheTagsThatSpringBootGivesThem() {
		this.context
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, CacheAutoConfiguration.class,
					CacheMetricsAutoConfiguration.class))
			.withUserConfiguration(Caching.class)
			.withPropertyValues("spring.cache.cache-names=theirs", "spring.cache.caffeine.spec=recordStats")
			.run((context) -> {
				for (String name : List.of("cache.gets", "cache.puts", "cache.size", "cache.evictions")) {
					assertThat(registry(context).get(name).meters().stream().map(CacheMetersTests::keys).distinct())
						.as(name)
						.hasSize(1);
					assertThat(registry(context).get(name).tag("cache", "theirs").meters()).isNotEmpty();
				}
			});
	}

	@Test
	void withoutMicrometerOrARegistryNothingIsMetered() {
		this.context.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("modelCacheMeters"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class,
					ModelCacheFiguresAutoConfiguration.class, ModelCacheMetricsAutoConfiguration.class))
			.withBean("chat", ChatModel.class, CountingChatModel::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheMeters.class));
		this.context.withPropertyValues("modelcache.metrics.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheMeters.class));
	}

	private void callTwiceAtOnce(ChatModel model) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<ChatResponse> leader = threads.submit(() -> model.call(GatedChatModel.WAITING));
			await().until(() -> this.chat.waiting.get() == 1);
			Thread[] follower = new Thread[1];
			Future<ChatResponse> second = threads.submit(() -> {
				follower[0] = Thread.currentThread();
				return model.call(GatedChatModel.WAITING);
			});
			await().until(() -> follower[0] != null && follower[0].getState() == Thread.State.WAITING);
			this.chat.gate.countDown();
			assertThat(CacheStatus.of(leader.get()).collapsed()).isFalse();
			assertThat(CacheStatus.of(second.get()).collapsed()).isTrue();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static double value(ApplicationContext context, String name, String... tags) {
		Meter meter = registry(context).get(name).tags(tags).meter();
		return (meter instanceof FunctionCounter counter) ? counter.count()
				: meter.measure().iterator().next().getValue();
	}

	private static long lookups(ApplicationContext context, String cache, String outcome) {
		Timer timer = registry(context).get("modelcache.lookup")
			.tags("cache", cache, "layer", "caffeine", "outcome", outcome)
			.timer();
		assertThat(timer.takeSnapshot().percentileValues()).hasSize(3);
		return timer.count();
	}

	private static MeterRegistry registry(ApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static List<String> keys(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).filter((key) -> !key.equals("result")).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

}
