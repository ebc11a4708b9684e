package io.modelcache.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.modelcache.CacheStatus;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.FaultProxy;
import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.Figures;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The faults of a server that keeps the answers, and of the way to it: whatever happens,
 * callers get the answer of the model, at most one deadline later, and the cache is back
 * when the server is.
 */
abstract class StoreFaultsContract {

	/**
	 * Far above the deadline of 200 ms on a busy machine, far below the time-outs of
	 * clients.
	 */
	static final Duration ONE_DEADLINE = Duration.ofSeconds(4);

	private static final Duration NOTHING = Duration.ofSeconds(1);

	final CountingChatModel model = new CountingChatModel();

	final RecordingListener listener = new RecordingListener();

	FaultProxy proxy;

	ApplicationContextRunner context;

	/**
	 * Return the name of the server for the figures.
	 */
	abstract String name();

	/**
	 * Return the port of the server.
	 */
	abstract int serverPort();

	/**
	 * Return the auto-configurations of the client.
	 */
	abstract AutoConfigurations client();

	/**
	 * Return the properties of an application that keeps answers in the server.
	 * @param port the port to connect to
	 */
	abstract String[] properties(int port);

	@BeforeEach
	void start() throws IOException {
		this.proxy = FaultProxy.before(serverPort());
		this.context = new ApplicationContextRunner().withConfiguration(client())
			.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
			.withBean("chat", ChatModel.class, () -> this.model)
			.withBean(RecordingListener.class, () -> this.listener)
			.withPropertyValues("modelcache.guard.open-for=500ms", "modelcache.namespace=" + System.nanoTime())
			.withPropertyValues(properties(this.proxy.port()));
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
			assertCallsGoOn(context, "behind " + fault);
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
				Figures.say(name() + " hangs: 200 calls at once", took);
				assertThat(took).isLessThan(ONE_DEADLINE);
			}
			finally {
				callers.shutdownNow();
				this.proxy.set(Fault.PASS);
			}
		});
	}

	void storeAnAnswer(ApplicationContext context) {
		await().untilAsserted(() -> assertThat(ask(context, "stored").hit()).isTrue());
	}

	void assertCallsGoOn(ApplicationContext context, String fault) {
		assertCallsAreMisses(context, fault);
		assertThat(this.listener.events()).contains("failure:READ");
	}

	/**
	 * Ask for what is not there, and say how long it takes.
	 */
	void assertCallsAreMisses(ApplicationContext context, String fault) {
		Duration first = time(() -> assertThat(ask(context, "first").hit()).isFalse());
		Duration others = time(() -> {
			for (int i = 0; i < 50; i++) {
				assertThat(ask(context, "other " + i).hit()).isFalse();
			}
		});
		Figures.say("%s %s: the first call".formatted(name(), fault), first);
		Figures.say("%s %s: 50 more calls".formatted(name(), fault), others);
		assertThat(first).as("the first call").isLessThan(ONE_DEADLINE);
		assertThat(others).as("50 more calls").isLessThan(NOTHING);
	}

	void assertBack(ApplicationContext context) {
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(() -> assertThat(ask(context, "asked when it is back").hit()).isTrue());
	}

	CacheStatus ask(ApplicationContext context, String question) {
		return CacheStatus.of(context.getBean(ChatModel.class).call(new Prompt(question)));
	}

	private static Duration time(Runnable task) {
		long start = System.nanoTime();
		task.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
