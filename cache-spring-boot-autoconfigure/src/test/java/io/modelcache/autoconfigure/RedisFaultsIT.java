package io.modelcache.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.modelcache.CacheStatus;
import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.ProcessSignal;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The faults of a Redis server and of the way to it.
 */
class RedisFaultsIT extends StoreFaultsContract {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	@RegisterExtension
	static final RedisServerFixture master = RedisServerFixture.any();

	@Override
	String name() {
		return "Redis";
	}

	@Override
	int serverPort() {
		return server.port();
	}

	@Override
	AutoConfigurations client() {
		return AutoConfigurations.of(DataRedisAutoConfiguration.class);
	}

	@Override
	String[] properties(int port) {
		return new String[] { "modelcache.provider=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + port };
	}

	@Test
	void aServerThatHangsCostsOneDeadlineAndIsBackWhenItGoesOn() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			ProcessSignal.STOP.send(server.pid());
			try {
				assertCallsGoOn(context, "hangs");
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
			assertCallsGoOn(context, "is killed");
			server.restart();
			assertBack(context);
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
