package io.modelcache.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.modelcache.CacheStatus;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.store.redis.RedisCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Two instances of an application, which share a server, in one JVM.
 */
class DistributedFlightIT {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Prompt PROMPT = new Prompt("What does it cost?");

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger calls = new AtomicInteger();

	private final RecordingListener listener = new RecordingListener();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<RedisCacheStore> stores = new ArrayList<>();

	private LettuceConnectionFactory connectionFactory;

	@BeforeEach
	void connect() {
		this.connectionFactory = new LettuceConnectionFactory("127.0.0.1", server.port());
		this.connectionFactory.afterPropertiesSet();
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().flushAll();
		}
	}

	@AfterEach
	void disconnect() {
		this.gate.countDown();
		this.threads.shutdownNow();
		this.stores.forEach(RedisCacheStore::close);
		this.connectionFactory.destroy();
	}

	@ParameterizedTest
	@EnumSource
	void twoInstancesMakeOneCall(Way way) throws Exception {
		ChatModel one = instance(LONG, this::answer);
		ChatModel other = instance(LONG, this::answer);
		List<Future<CacheStatus>> answers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			ChatModel asked = (i % 2 == 0) ? one : other;
			answers.add(this.threads.submit(() -> way.ask(asked)));
		}
		Awaitility.await().until(() -> this.calls.get() == 1);
		awaitPolls(3);
		this.gate.countDown();
		for (Future<CacheStatus> answer : answers) {
			answer.get(30, TimeUnit.SECONDS);
		}
		assertThat(this.calls).hasValue(1);
		assertThat(this.listener.events()).filteredOn((event) -> event.startsWith("failure")).isEmpty();
		Awaitility.await().until(() -> leases() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheHolderFailsTheNextOneAsks(Way way) throws Exception {
		ChatModel one = instance(LONG, () -> {
			throw new IllegalStateException("no answer");
		});
		ChatModel other = instance(LONG, () -> CountingChatModel.answer("other"));
		Future<CacheStatus> failing = this.threads.submit(() -> way.ask(one));
		Awaitility.await().until(() -> this.calls.get() == 1);
		Future<CacheStatus> waiting = this.threads.submit(() -> way.ask(other));
		awaitPolls(3);
		this.gate.countDown();
		assertThat(waiting.get(30, TimeUnit.SECONDS).stored()).isTrue();
		assertThat(failing).failsWithin(Duration.ofSeconds(30));
		assertThat(this.calls).hasValue(2);
	}

	@ParameterizedTest
	@EnumSource
	void aHolderThatIsSlowerThanItsLeaseIsNoLongerAlone(Way way) throws Exception {
		ChatModel slow = instance(Duration.ofMillis(300), this::answer);
		ChatModel other = instance(Duration.ofMillis(300), () -> CountingChatModel.answer("other"));
		Future<CacheStatus> first = this.threads.submit(() -> way.ask(slow));
		Awaitility.await().until(() -> this.calls.get() == 1);
		Future<CacheStatus> second = this.threads.submit(() -> way.ask(other));
		Awaitility.await().until(() -> this.calls.get() == 2);
		this.gate.countDown();
		assertThat(first.get(30, TimeUnit.SECONDS).hit()).isFalse();
		assertThat(second.get(30, TimeUnit.SECONDS).hit()).isFalse();
		assertThat(this.calls).hasValue(2);
	}

	@Test
	void whoWaitsNoLongerLetsOthersOfHisInstanceTry() throws Exception {
		ChatModel one = instance(LONG, this::answer);
		ChatModel other = instance(LONG, this::answer);
		this.threads.submit(() -> Way.CALL.ask(one));
		Awaitility.await().until(() -> this.calls.get() == 1);
		Disposable leaving = other.stream(PROMPT).subscribe();
		awaitPolls(3);
		Future<CacheStatus> staying = this.threads.submit(() -> Way.STREAM.ask(other));
		leaving.dispose();
		this.gate.countDown();
		assertThat(staying.get(30, TimeUnit.SECONDS).hit()).isTrue();
		assertThat(this.calls).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void aServerThatIsGoneDoesNotKeepAnybodyFromAsking(Way way) throws Exception {
		LettuceConnectionFactory nowhere = new LettuceConnectionFactory("127.0.0.1", 1);
		nowhere.afterPropertiesSet();
		try (RedisCacheStore store = RedisCacheStore.builder(nowhere).build()) {
			this.gate.countDown();
			ChatModel model = instance(store, LONG, this::answer);
			assertThat(way.ask(model).hit()).isFalse();
			assertThat(this.calls).hasValue(1);
			assertThat(this.listener.events()).anyMatch((event) -> event.contains("LEASE"));
		}
		finally {
			nowhere.destroy();
		}
	}

	@Test
	void aStoreThatCannotLeaseIsRefused() {
		CachingChatModel.Builder builder = CachingChatModel.builder(new CountingChatModel())
			.store(CaffeineCacheStore.ofMaximumWeight(1000));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.distributed(Duration.ZERO));
		assertThatIllegalStateException().isThrownBy(() -> builder.distributed(LONG).build())
			.withMessageContaining("LeaseStore");
	}

	private ChatResponse answer() {
		return CountingChatModel.answer("the answer");
	}

	private ChatModel instance(Duration lease, Supplier<ChatResponse> answer) {
		RedisCacheStore store = RedisCacheStore.builder(this.connectionFactory).build();
		this.stores.add(store);
		return instance(store, lease, answer);
	}

	private ChatModel instance(RedisCacheStore store, Duration lease, Supplier<ChatResponse> answer) {
		return CachingChatModel.builder(new GatedModel(answer))
			.name("model")
			.store(store)
			.layer("redis")
			.listener(this.listener)
			.distributed(lease)
			.build();
	}

	/**
	 * Wait until somebody has asked for a lease that he did not get.
	 */
	private void awaitPolls(int count) {
		Awaitility.await().until(() -> evaluations() >= count);
	}

	private long evaluations() {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			String statistics = connection.serverCommands()
				.info("commandstats")
				.getProperty("cmdstat_eval", "calls=0,");
			return Long.parseLong(statistics.replaceAll("calls=(\\d+).*", "$1"));
		}
	}

	private long leases() {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			return connection.keyCommands().keys("*:lease".getBytes(StandardCharsets.UTF_8)).size();
		}
	}

	/**
	 * How a model is asked.
	 */
	enum Way {

		CALL {

			@Override
			CacheStatus ask(ChatModel model) {
				return CacheStatus.of(model.call(PROMPT));
			}

		},

		STREAM {

			@Override
			CacheStatus ask(ChatModel model) {
				return CacheStatus.of(model.stream(PROMPT).blockLast(Duration.ofSeconds(60)));
			}

		};

		abstract CacheStatus ask(ChatModel model);

	}

	/**
	 * Answers when the gate is open.
	 */
	private final class GatedModel extends CountingChatModel {

		private final Supplier<ChatResponse> answer;

		GatedModel(Supplier<ChatResponse> answer) {
			this.answer = answer;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			int number = DistributedFlightIT.this.calls.incrementAndGet();
			try {
				if (number == 1) {
					DistributedFlightIT.this.gate.await();
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.answer.get();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(call(prompt)));
		}

	}

}
