package io.modelcache.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.modelcache.CacheStatus;
import io.modelcache.store.redis.RedisCacheStore;
import io.modelcache.testing.ChildProcess;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two JVMs that share a server and ask the same.
 */
@Tag("slow")
class InstancesIT {

	private static final Duration LEASE = Duration.ofSeconds(3);

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private RedisClient client;

	private StatefulRedisConnection<String, String> redis;

	@BeforeEach
	void connect() {
		this.client = RedisClient.create("redis://127.0.0.1:" + server.port());
		this.redis = this.client.connect();
		this.redis.sync().flushall();
		this.redis.sync().configResetstat();
	}

	@AfterEach
	void disconnect() {
		this.redis.close();
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
	}

	@Test
	void thereIsOneCallOfTheModel() throws IOException {
		Process one = instance();
		Process other = instance();
		try (BufferedReader first = one.inputReader(); BufferedReader second = other.inputReader()) {
			awaitCalls(1);
			assertThat(first.readLine()).isEqualTo("asking");
			assertThat(second.readLine()).isEqualTo("asking");
			awaitPolls(5);
			this.redis.sync().rpush("go", "1");
			assertThat(first.readLine() + second.readLine()).contains("hit", "miss");
			assertThat(this.redis.sync().get("calls")).isEqualTo("1");
		}
		finally {
			one.destroyForcibly();
			other.destroyForcibly();
		}
	}

	@Test
	void whenTheHolderIsKilledTheOtherAnswersWithinTheLeaseAndASecond() throws IOException {
		Process holder = instance();
		awaitCalls(1);
		Process other = instance();
		try (BufferedReader output = other.inputReader()) {
			assertThat(output.readLine()).isEqualTo("asking");
			awaitPolls(5);
			holder.destroyForcibly();
			long killed = System.nanoTime();
			this.redis.sync().rpush("go", "1", "2");
			assertThat(output.readLine()).isEqualTo("miss");
			assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.plusSeconds(1));
			assertThat(this.redis.sync().get("calls")).isEqualTo("2");
		}
		finally {
			holder.destroyForcibly();
			other.destroyForcibly();
		}
	}

	private static Process instance() throws IOException {
		return ChildProcess.start(Instance.class, String.valueOf(server.port()), String.valueOf(LEASE.toMillis()));
	}

	private void awaitCalls(int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> String.valueOf(count).equals(this.redis.sync().get("calls")));
	}

	/**
	 * Wait until somebody has asked again and again for a lease that he did not get.
	 */
	private void awaitPolls(int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.redis.sync()
				.info("commandstats")
				.lines()
				.filter((line) -> line.startsWith("cmdstat_eval:"))
				.anyMatch((line) -> Long.parseLong(line.replaceAll("cmdstat_eval:calls=(\\d+).*", "$1")) >= count));
	}

	/**
	 * One instance of the application, which asks one question.
	 */
	static final class Instance {

		private Instance() {
		}

		public static void main(String[] arguments) {
			int port = Integer.parseInt(arguments[0]);
			RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
			StatefulRedisConnection<String, String> redis = client.connect();
			LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1", port);
			connectionFactory.afterPropertiesSet();
			CachingChatModel model = CachingChatModel.builder(new CountingChatModel() {

				@Override
				public ChatResponse call(Prompt prompt) {
					redis.sync().incr("calls");
					redis.sync().blpop(60, "go");
					return CountingChatModel.answer("the answer");
				}

			})
				.name("model")
				.store(RedisCacheStore.builder(connectionFactory).build())
				.distributed(Duration.ofMillis(Long.parseLong(arguments[1])))
				.build();
			System.out.println("asking");
			ChatResponse response = model.call(new Prompt("What does it cost?"));
			System.out.println(CacheStatus.of(response).hit() ? "hit" : "miss");
			System.exit(0);
		}

	}

}
