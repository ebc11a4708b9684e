package io.modelcache.autoconfigure.endpoint;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcache.CacheControl;
import io.modelcache.CacheDecision;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheFiguresAutoConfiguration;
import io.modelcache.autoconfigure.metrics.ModelCacheMetricsAutoConfiguration;
import io.modelcache.chat.ChatCachePolicy;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.FlakyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.logging.ConditionEvaluationReportMessage;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that what is in a prompt, an answer, an API key, a scope or the secret of the
 * keys comes out nowhere.
 */
class CanaryTests {

	private static final String CANARY = "canary7f3a";

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.modelcache");

	private final Recorder recorder = new Recorder();

	private final FlakyStore store = new FlakyStore(CaffeineCacheStore.ofMaximumWeight(1_000_000));

	private Level before;

	@BeforeEach
	void listen() {
		this.before = this.logger.getLevel();
		this.logger.setLevel(Level.TRACE);
		this.recorder.start();
		this.logger.addAppender(this.recorder);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.recorder);
		this.logger.setLevel(this.before);
	}

	@Test
	void nothingOfWhatIsAskedOrAnsweredComesOut() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class,
					ModelCacheFiguresAutoConfiguration.class, ModelCacheMetricsAutoConfiguration.class,
					ModelCacheEndpointAutoConfiguration.class, ModelCacheHealthAutoConfiguration.class))
			.withBean("chat", ChatModel.class, () -> new CountingChatModel((call) -> answer()))
			.withBean("store", CacheStore.class, () -> this.store)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(ChatCachePolicy.class, QuotingPolicy::new)
			.withPropertyValues("modelcache.provider=custom", "modelcache.explain=true",
					"modelcache.key-secret=" + CANARY, "modelcache.guard.open-for=1h",
					"management.endpoints.web.exposure.include=modelcache")
			.run((context) -> {
				List<Object> seen = new ArrayList<>();
				play(context.getBean("chat", ChatModel.class), seen);
				context.getBean(MeterRegistry.class).forEachMeter((meter) -> seen.add(meter.getId()));
				ModelCacheEndpoint endpoint = context.getBean(ModelCacheEndpoint.class);
				seen.add(endpoint.read(SecurityContext.NONE, null, null).getBody());
				seen.add(endpoint.read(SecurityContext.NONE, CANARY, null).getBody());
				seen.add(endpoint.entries("chat", null, null).getBody());
				seen.add(endpoint.evict(null, null, null, CANARY, null, null).getBody());
				seen.add(context.getBean("modelCacheHealthIndicator", HealthIndicator.class).health().getDetails());
				seen.add(conditions(context.getSourceApplicationContext()));
				seen.addAll(this.log);
				assertThat(this.log).anyMatch((line) -> line.contains("differs from"));
				assertThat(seen).hasSizeGreaterThan(40)
					.allSatisfy((text) -> assertThat(text.toString()).doesNotContain(CANARY));
			});
	}

	private void play(ChatModel model, List<Object> seen) {
		CacheControl scope = CacheControl.scope(CANARY).tags("pricing");
		Prompt prompt = prompt("one");
		scope.call(() -> model.call(prompt));
		await().until(() -> {
			CacheStatus status = CacheStatus.of(scope.call(() -> model.call(prompt)));
			seen.add(status);
			return status.hit();
		});
		seen.add(CacheStatus.of(scope.call(() -> model.stream(prompt)).blockLast()));
		seen.add(CacheStatus.of(scope.call(() -> model.call(prompt("two")))));
		seen.add(CacheStatus.of(CacheControl.bypass().call(() -> model.call(prompt))));
		seen.add(CacheStatus.of(model.call(prompt("policy"))));
		assertThatExceptionOfType(CacheMissException.class)
			.isThrownBy(() -> CacheControl.onlyIfCached().scope(CANARY).call(() -> model.call(prompt("three"))))
			.satisfies((ex) -> seen.add(ThrowableProxyUtil.asString(new ThrowableProxy(ex))));
		this.store.fail(new UncheckedIOException(new ConnectException("refused")));
		seen.add(CacheStatus.of(scope.call(() -> model.call(prompt("four")))));
		assertThat(this.store.calls()).isPositive();
	}

	private static Prompt prompt(String more) {
		ChatOptions options = OpenAiChatOptions.builder().model("m").apiKey(CANARY).build();
		return new Prompt(List.of(new UserMessage(CANARY + " " + more)), options);
	}

	private static ChatResponse answer() {
		return CountingChatModel.answer(CANARY);
	}

	/**
	 * The properties themselves are the application's, and not among this.
	 */
	private static String conditions(ConfigurableApplicationContext context) {
		return new ConditionEvaluationReportMessage(ConditionEvaluationReport.get(context.getBeanFactory())).toString();
	}

	/**
	 * A policy that fails, and quotes what it was asked about.
	 */
	private static final class QuotingPolicy implements ChatCachePolicy {

		@Override
		public CacheDecision beforeLookup(Prompt prompt, ChatOptions options) {
			if (prompt.getContents().contains("policy")) {
				throw new IllegalStateException(prompt.getContents());
			}
			return CacheDecision.allow();
		}

	}

	/**
	 * Keeps each line of the log, with all there is of a failure.
	 */
	private final class Recorder extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			CanaryTests.this.log.add(event.getFormattedMessage() + Map.copyOf(event.getMDCPropertyMap())
					+ ((event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
							: ""));
		}

	}

}
