package io.modelcache.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheFiguresAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheMetricsAutoConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/**
 * What all meters together add to an exact hit, in an application with prices.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MetersBenchmark {

	private final AnnotationConfigApplicationContext withoutMeters = start(WithoutMeters.class);

	private final AnnotationConfigApplicationContext withMeters = start(WithMeters.class);

	private final ChatModel plain = this.withoutMeters.getBean(ChatModel.class);

	private final ChatModel metered = this.withMeters.getBean(ChatModel.class);

	private final Prompt prompt = Request.QUESTION.prompt();

	/**
	 * Store the answer, and make sure that what is measured is a hit and is counted.
	 */
	@Setup
	public void store() {
		without();
		with();
		if (!CacheStatus.of(without()).hit() || !CacheStatus.of(with()).hit()) {
			throw new IllegalStateException("There is nothing to measure: the second call was not a hit");
		}
		double saved = this.withMeters.getBean(MeterRegistry.class)
			.get("modelcache.cost.saved")
			.functionCounter()
			.count();
		if (saved <= 0) {
			throw new IllegalStateException("There is nothing to measure: the hit was not counted");
		}
	}

	/**
	 * End the applications.
	 */
	@TearDown
	public void stop() {
		this.withoutMeters.close();
		this.withMeters.close();
	}

	/**
	 * Measure a hit.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse without() {
		return this.plain.call(this.prompt);
	}

	/**
	 * Measure a hit that is counted.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse with() {
		return this.metered.call(this.prompt);
	}

	private static AnnotationConfigApplicationContext start(Class<?> configuration) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("prices", Map.of("modelcache.prices.gpt-4o-mini.input", "0.15",
					"modelcache.prices.gpt-4o-mini.output", "0.6")));
		context.register(configuration);
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ModelCacheAutoConfiguration.class)
	static class WithoutMeters {

		@Bean
		ChatModel chat() {
			return new OneAnswer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ModelCacheAutoConfiguration.class, ModelCacheFiguresAutoConfiguration.class,
			ModelCacheMetricsAutoConfiguration.class })
	static class WithMeters {

		@Bean
		ChatModel chat() {
			return new OneAnswer();
		}

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

}
