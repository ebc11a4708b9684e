package io.modelcache.autoconfigure;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.modelcache.CacheStatus;
import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.TieredCacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.FlakyStore;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what stands in front of a store that can be slow, as properties set it.
 */
class GuardTests {

	private final CaffeineCacheStore server = CaffeineCacheStore.ofMaximumWeight(1_000_000);

	private final FlakyStore store = new FlakyStore(this.server);

	private final RecordingListener listener = new RecordingListener();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withBean("chat", ChatModel.class, CountingChatModel::new)
		.withBean("store", CacheStore.class, () -> this.store)
		.withBean(RecordingListener.class, () -> this.listener)
		.withPropertyValues("modelcache.provider=custom", "modelcache.guard.timeout=20s");

	@Test
	void aStoreThatCanBlockIsGuarded() {
		this.context.run((context) -> {
			assertThat(stores(context).all()).singleElement().isInstanceOf(GuardedCacheStore.class);
			assertThat(ask(context).stored()).isTrue();
			assertThat(ask(context).hit()).isTrue();
		});
	}

	@Test
	void aStoreThatCannotBlockNeedsNoGuard() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withBean("chat", ChatModel.class, CountingChatModel::new)
			.withPropertyValues("modelcache.near=caffeine")
			.run((context) -> {
				context.getBean(ChatModel.class);
				assertThat(stores(context).all()).singleElement().isInstanceOf(CaffeineCacheStore.class);
			});
	}

	@Test
	void aStoreThatHangsCostsOneDeadline() {
		this.context.withPropertyValues("modelcache.guard.timeout=50ms").run((context) -> {
			this.store.hang();
			for (int i = 0; i < 20; i++) {
				assertThat(ask(context, "question " + i).hit()).isFalse();
			}
			assertThat(this.store.calls()).as("a read and a write").isBetween(1, 2);
			this.store.recover();
		});
	}

	@Test
	void aStoreThatCannotBeReadIsNotWrittenToAndBothIsCounted() {
		this.context.run((context) -> {
			this.store.fail(new UncheckedIOException(new ConnectException("refused")));
			assertThat(ask(context).stored()).isFalse();
			assertThat(this.listener.events()).containsExactly("failure:READ", "failure:WRITE", "miss");
			assertThat(this.store.calls()).isEqualTo(1);
		});
	}

	@Test
	void aWriteThatNobodyWaitsForIsCountedWhenItFails() {
		HookedStore readOnly = new HookedStore(this.server, true);
		readOnly.beforeWrite(() -> {
			throw new IllegalStateException("read-only");
		});
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withBean("chat", ChatModel.class, CountingChatModel::new)
			.withBean("store", CacheStore.class, () -> readOnly)
			.withBean(RecordingListener.class, () -> this.listener)
			.withPropertyValues("modelcache.provider=custom", "modelcache.guard.timeout=20s")
			.run((context) -> {
				ask(context);
				await().untilAsserted(() -> assertThat(this.listener.events()).contains("failure:WRITE"));
			});
	}

	@Test
	void whatWaitsToBeWrittenIsWrittenWhenTheApplicationStops() {
		this.context.run((context) -> {
			for (int i = 0; i < 100; i++) {
				context.getBean(ChatModel.class).call(new Prompt("question " + i));
			}
			context.close();
			assertThat(this.server.scan(Selector.all(), null, 1000).entries()).hasSize(100);
		});
	}

	@Test
	void aNearStoreAnswersWithoutTheFarOne() {
		this.context.withPropertyValues("modelcache.near=caffeine").run((context) -> {
			assertThat(stores(context).all()).singleElement().isInstanceOf(TieredCacheStore.class);
			ask(context);
			await().untilAsserted(() -> assertThat(this.server.scan(Selector.all(), null, 10).entries()).hasSize(1));
			int calls = this.store.calls();
			assertThat(ask(context).hit()).isTrue();
			assertThat(this.store.calls()).isEqualTo(calls);
		});
	}

	@Test
	void aNearStoreWithoutItsLibraryIsRefused() {
		this.context.withPropertyValues("modelcache.near=caffeine")
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ProviderUnavailableException.class)
				.hasMessageContaining("modelcache.near"));
	}

	@ParameterizedTest
	@CsvSource({ "guard.timeout, 0s", "guard.timeout, -1s", "guard.open-for, 0s", "guard.max-concurrent, -1",
			"guard.failure-rate, 0", "guard.failure-rate, 101", "near-ttl, 0s" })
	void wrongValuesAreNamed(String property, String value) {
		this.context.withPropertyValues("modelcache." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("modelcache." + property)));
	}

	@Test
	void theLimitsAreThoseOfTheProperties() {
		this.context.withPropertyValues("modelcache.guard.max-concurrent=2", "modelcache.guard.timeout=50ms")
			.run((context) -> {
				this.store.hang();
				List<Thread> callers = IntStream.range(0, 10)
					.mapToObj((i) -> new Thread(() -> ask(context, "question " + i)))
					.toList();
				callers.forEach(Thread::start);
				for (Thread caller : callers) {
					caller.join(Duration.ofSeconds(30).toMillis());
				}
				assertThat(this.store.mostUnderWay()).as("two of each direction").isBetween(1, 4);
				this.store.recover();
			});
	}

	private static CacheStores stores(ApplicationContext context) {
		return context.getBean(Decorating.BEAN_NAME, Decorating.class).stores();
	}

	private static CacheStatus ask(ApplicationContext context) {
		return ask(context, "question");
	}

	private static CacheStatus ask(ApplicationContext context, String question) {
		ChatResponse response = context.getBean(ChatModel.class).call(new Prompt(question));
		return CacheStatus.of(response);
	}

}
