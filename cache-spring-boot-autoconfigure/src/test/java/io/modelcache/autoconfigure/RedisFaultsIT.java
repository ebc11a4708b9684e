package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.modelcache.CacheStatus;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.FaultProxy;
import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.Figures;
import io.modelcache.testing.ProcessSignal;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The faults of a Redis server and of the way to it: whatever happens, callers get the
 * answer of the model, at most one deadline later, and the cache is back when the server
 * is.
 */
class RedisFaultsIT {

	/**
	 * Far above the deadline of 200 ms on a busy machine, far below the minute of
	 * Lettuce.
	 */
	private static final Duration ONE_DEADLINE = Duration.ofSeconds(4);

	private static final Duration NOTHING = Duration.ofSeconds(1);

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	@RegisterExtension
	static final RedisServerFixture master = RedisServerFixture.any();

	private final CountingChatModel model = new CountingChatModel();

	private final RecordingListener listener = new RecordingListener();

	private FaultProxy proxy;

	private ApplicationContextRunner context;

	@BeforeEach
	void start() throws IOException {
		this.proxy = FaultProxy.before(server.port());
		this.context = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataRedisAutoConfiguration.class, ModelCacheAutoConfiguration.class))
			.withBean("chat", ChatModel.class, () -> this.model)
			.withBean(RecordingListener.class, () -> this.listener)
			.withPropertyValues("modelcache.provider=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.proxy.port(), "modelcache.guard.open-for=500ms",
					"modelcache.namespace=" + System.nanoTime());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
	}

	@ParameterizedTest
	@CsvSource({ "REFUSE, 0", "RESET, 0", "BLACKHOLE, 0", "DELAY, 700", "THROTTLE, 20", "CUT, 3" })
	void aFaultOnTheWayCostsOneDeadlineAndIsOverWhenTheWayIs(Fault fault, long amount) {
		this.context.run((context) -> {
			storeAnAnswer(context);
			this.proxy.set(fault, amount);
			assertCallsGoOn(context, "Redis behind " + fault);
			this.proxy.set(Fault.PASS);
			assertBack(context);
		});
	}

	@ParameterizedTest
	@CsvSource({ "REFUSE, 0", "BLACKHOLE, 0" })
	void aServerThatIsNotThereAtTheStartIsUsedWhenItIs(Fault fault, long amount) {
		this.proxy.set(fault, amount);
		this.context.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(ask(context, "question").hit()).isFalse();
			this.proxy.set(Fault.PASS);
			assertBack(context);
		});
	}

	@Test
	void aServerThatHangsCostsOneDeadlineAndIsBackWhenItGoesOn() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			ProcessSignal.STOP.send(server.pid());
			try {
				assertCallsGoOn(context, "Redis hangs");
			}
			finally {
				ProcessSignal.CONT.send(server.pid());
			}
			assertBack(context);
		});
	}

	@Test
	void aServerThatIsKilledIsBackWithoutARestartOfTheApplication() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			ProcessSignal.KILL.send(server.pid());
			assertCallsGoOn(context, "Redis is killed");
			server.restart();
			assertBack(context);
		});
	}

	@Test
	void manyCallersOfAServerThatHangsPayOneDeadlineTogether() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			this.proxy.set(Fault.BLACKHOLE);
			ExecutorService callers = Executors.newFixedThreadPool(200);
			try {
				long start = System.nanoTime();
				List<Future<CacheStatus>> calls = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					String question = "parallel " + i;
					calls.add(callers.submit(() -> ask(context, question)));
				}
				for (Future<CacheStatus> call : calls) {
					assertThat(call.get().hit()).isFalse();
				}
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				Figures.say("Redis hangs: 200 calls at once", took);
				assertThat(took).isLessThan(ONE_DEADLINE);
			}
			finally {
				callers.shutdownNow();
			}
		});
	}

	@Test
	void aReplyToTheRequestBeforeIsNeverAnAnswer() {
		this.context.run((context) -> {
			for (int i = 0; i < 5; i++) {
				ask(context, "question " + i);
			}
			await().untilAsserted(() -> {
				for (int i = 0; i < 5; i++) {
					assertThat(ask(context, "question " + i).hit()).isTrue();
				}
			});
			this.proxy.set(Fault.REPLAY);
			for (int i = 0; i < 5; i++) {
				int calls = this.model.calls();
				ChatResponse response = context.getBean(ChatModel.class).call(new Prompt("question " + i));
				assertThat(CacheStatus.of(response).hit()).as("question %s", i).isFalse();
				assertThat(this.model.calls()).isEqualTo(calls + 1);
			}
			assertThat(this.listener.events()).anyMatch((event) -> event.startsWith("failure:"));
		});
	}

	@Test
	void aReadOnlyReplicaAnswersAndItsRefusalsAreCounted() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			execute(context, "CONFIG", "SET", "replica-read-only", "yes");
			replicate(context);
			try {
				assertThat(ask(context, "something new").hit()).isFalse();
				await().untilAsserted(() -> assertThat(this.listener.events()).contains("failure:WRITE"));
			}
			finally {
				execute(context, "REPLICAOF", "NO", "ONE");
			}
			assertBack(context);
		});
	}

	@Test
	void aServerOutOfMemoryStillAnswersAndItsRefusalsAreCounted() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			execute(context, "CONFIG", "SET", "maxmemory-policy", "noeviction");
			execute(context, "CONFIG", "SET", "maxmemory", "1");
			try {
				assertThat(ask(context, "something new").hit()).isFalse();
				await().untilAsserted(() -> assertThat(this.listener.events()).contains("failure:WRITE"));
				assertThat(ask(context, "stored").hit()).isTrue();
			}
			finally {
				execute(context, "CONFIG", "SET", "maxmemory", "0");
			}
			assertBack(context);
		});
	}

	private void storeAnAnswer(ApplicationContext context) {
		await().untilAsserted(() -> assertThat(ask(context, "stored").hit()).isTrue());
	}

	private void assertCallsGoOn(ApplicationContext context, String fault) {
		Duration first = time(() -> assertThat(ask(context, "first").hit()).isFalse());
		Duration others = time(() -> {
			for (int i = 0; i < 50; i++) {
				assertThat(ask(context, "other " + i).hit()).isFalse();
			}
		});
		Figures.say(fault + ": the first call", first);
		Figures.say(fault + ": 50 more calls", others);
		assertThat(first).as("the first call").isLessThan(ONE_DEADLINE);
		assertThat(others).as("50 more calls").isLessThan(NOTHING);
		assertThat(this.listener.events()).contains("failure:READ");
	}

	private void assertBack(ApplicationContext context) {
		await().atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(() -> assertThat(ask(context, "asked when it is back").hit()).isTrue());
	}

	private static Duration time(Runnable task) {
		long start = System.nanoTime();
		task.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static CacheStatus ask(ApplicationContext context, String question) {
		return CacheStatus.of(context.getBean(ChatModel.class).call(new Prompt(question)));
	}

	private static void replicate(ApplicationContext context) {
		execute(context, "REPLICAOF", "127.0.0.1", String.valueOf(master.port()));
		await().atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(context.getBean(RedisConnectionFactory.class)
				.getConnection()
				.serverCommands()
				.info("replication")
				.getProperty("master_link_status")).isEqualTo("up"));
	}

	private static void execute(ApplicationContext context, String command, String... arguments) {
		byte[][] bytes = new byte[arguments.length][];
		for (int i = 0; i < arguments.length; i++) {
			bytes[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
		}
		context.getBean(RedisConnectionFactory.class).getConnection().execute(command, bytes);
	}

}
