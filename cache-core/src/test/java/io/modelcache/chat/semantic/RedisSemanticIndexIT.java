package io.modelcache.chat.semantic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.store.redis.RedisCacheStore;
import io.modelcache.store.redis.VectorSetsMissingException;
import io.modelcache.testing.FaultProxy;
import io.modelcache.testing.RedisContainerFixture;
import io.modelcache.testing.RedisServerFixture;
import io.modelcache.testing.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RedisSemanticIndex} on real servers.
 */
class RedisSemanticIndexIT {

	/**
	 * A server with vector sets: the contract, and what is left on it.
	 */
	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OnRedis8 extends SemanticIndexContract {

		@RegisterExtension
		static final RedisContainerFixture server = RedisContainerFixture.redis8();

		private LettuceConnectionFactory connectionFactory;

		@BeforeAll
		void startClient() {
			this.connectionFactory = lettuce(server.host(), server.port());
		}

		@AfterAll
		void stopClient() {
			if (this.connectionFactory != null) {
				this.connectionFactory.destroy();
			}
		}

		@Override
		protected RedisSemanticIndex createIndex() {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				connection.serverCommands().flushAll();
			}
			return patient(this.connectionFactory);
		}

		@Override
		protected SemanticIndex restart(Consumer<SemanticIndex> refill) throws Exception {
			closeIndex();
			return patient(this.connectionFactory);
		}

		@Test
		void twoInstancesWriteIntoOneIndex() {
			try (RedisSemanticIndex other = patient(this.connectionFactory)) {
				add("mine", question());
				other.add(partition(), entry("theirs", vectors().near(question(), 0.9)));
				assertThat(keys(find(5))).containsExactly(keys("mine", "theirs"));
				assertThat(keys(other.nearest(partition(), question(), 5))).containsExactly(keys("mine", "theirs"));
				other.remove(partition(), fingerprint("mine"));
				assertThat(keys(find(5))).containsExactly(keys("theirs"));
			}
		}

		@Test
		void anInstanceWhoseClockIsWrongMeansTheSameTimes() {
			TestClock wrong = new TestClock();
			try (RedisSemanticIndex other = RedisSemanticIndex.builder(this.connectionFactory)
				.clock(wrong)
				.timeout(Duration.ofSeconds(20))
				.build()) {
				other.add(partition(), new Entry(fingerprint("short"), question(), wrong.instant().plus(SHORT)));
				other.add(partition(),
						new Entry(fingerprint("hour"), question(), wrong.instant().plus(Duration.ofHours(1))));
				eventually(() -> assertThat(keys(find(5))).containsExactly(keys("hour")));
				index().add(partition(), new Entry(fingerprint("minute"), question(), now().plusSeconds(60)));
				assertThat(keys(other.nearest(partition(), question(), 5)))
					.containsExactlyInAnyOrder(keys("hour", "minute"));
			}
		}

		/**
		 * Two clocks that are read one after the other differ by some milliseconds.
		 */
		@Test
		void aSetLivesAsLongAsWhatIsInIt() {
			index().add(partition(), new Entry(fingerprint("minute"), question(), now().plusSeconds(60)));
			String key = "modelcache:{%s}:sem:%s".formatted(partition().toHex().substring(0, 2), partition().toHex());
			assertThat(keysOnServer()).containsExactly(key);
			assertThat(timeToLive(key)).isBetween(50_000L, 60_100L);
			index().add(partition(), new Entry(fingerprint("hour"), question(), now().plusSeconds(3600)));
			index().add(partition(), new Entry(fingerprint("minute"), question(), now().plusSeconds(60)));
			assertThat(timeToLive(key)).isBetween(3_590_000L, 3_600_100L);
			index().add(partition(), entry("ever", question()));
			assertThat(timeToLive(key)).isEqualTo(-1);
			index().add(partition(), new Entry(fingerprint("minute"), question(), now().plusSeconds(60)));
			assertThat(timeToLive(key)).isEqualTo(-1);
			for (String name : List.of("minute", "hour", "ever")) {
				index().remove(partition(), fingerprint(name));
			}
			assertThat(keysOnServer()).isEmpty();
		}

		@Test
		void whatHasEndedGoesAsOthersCome() {
			for (int i = 0; i < 100; i++) {
				index().add(partition(), new Entry(fingerprint("short" + i), vectors().any(), now().plus(SHORT)));
			}
			add("ever", question());
			eventually(() -> assertThat(find(200)).hasSize(1));
			for (int i = 0; i < 400; i++) {
				add("ever" + i % 10, vectors().any());
			}
			assertThat(cardinality()).isLessThan(25);
		}

		@Test
		void clearingLeavesWhatIsNotOfTheIndex() {
			String other = "modelcache:{00}:sem:x";
			try (RedisConnection connection = this.connectionFactory.getConnection();
					RedisCacheStore store = RedisCacheStore.builder(this.connectionFactory).build()) {
				connection.stringCommands().set(other.getBytes(UTF_8), new byte[1]);
				StoredEntry entry = TestEntry.of("a", now()).tags("t").build();
				store.putAll(List.of(entry));
				for (int i = 0; i < 700; i++) {
					index().add(fingerprint("p" + i), entry("e" + i, question()));
				}
				index().clear();
				assertThat(keysOnServer()).hasSize(3).contains(other);
				assertThat(store.get(entry.fingerprint())).isNotNull();
				assertThat(store.evict(Selector.all())).isEqualTo(1);
			}
		}

		@Test
		void anEvictedSetIsAnEmptyPartition() {
			add("a", question());
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				connection.keyCommands().unlink(keysOnServer().iterator().next().getBytes(UTF_8));
			}
			assertThat(find(5)).isEmpty();
			add("b", question());
			assertThat(keys(find(5))).containsExactly(keys("b"));
		}

		@Test
		void aServerThatHangsOrGoesCostsTheTimeoutAndAFailureThatSaysSo() throws IOException {
			try (FaultProxy proxy = FaultProxy.before(server.port())) {
				LettuceConnectionFactory throughProxy = lettuce("127.0.0.1", proxy.port());
				try (RedisSemanticIndex index = patient(throughProxy);
						RedisSemanticIndex hasty = RedisSemanticIndex.builder(throughProxy).build()) {
					index.add(partition(), entry("a", question()));
					Awaitility.await()
						.ignoreExceptions()
						.untilAsserted(() -> assertThat(hasty.nearest(partition(), question(), 5)).hasSize(1));
					proxy.set(FaultProxy.Fault.BLACKHOLE);
					assertThatExceptionOfType(QueryTimeoutException.class)
						.isThrownBy(() -> hasty.nearest(partition(), question(), 5));
					assertThatExceptionOfType(QueryTimeoutException.class)
						.isThrownBy(() -> hasty.add(partition(), entry("b", question())));
					proxy.set(FaultProxy.Fault.REFUSE);
					eventually(() -> assertThatExceptionOfType(RedisConnectionFailureException.class)
						.isThrownBy(() -> hasty.nearest(partition(), question(), 5)));
					proxy.set(FaultProxy.Fault.PASS);
					Awaitility.await()
						.ignoreExceptions()
						.untilAsserted(
								() -> assertThat(keys(hasty.nearest(partition(), question(), 5))).contains(keys("a")));
				}
				finally {
					throughProxy.destroy();
				}
			}
		}

		@Test
		void itWaitsForTheServerAndSaysSo() {
			assertThat(index().blocking()).isTrue();
			assertThat(index().size()).isEqualTo(SemanticIndex.UNKNOWN);
			((RedisSemanticIndex) index()).verify();
		}

		private Set<String> keysOnServer() {
			Set<String> keys = new TreeSet<>();
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				connection.keyCommands().keys("*".getBytes(UTF_8)).forEach((key) -> keys.add(new String(key, UTF_8)));
			}
			return keys;
		}

		private long timeToLive(String key) {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				return connection.keyCommands().pTtl(key.getBytes(UTF_8));
			}
		}

		private long cardinality() {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				return (Long) connection.scriptingCommands()
					.eval("return redis.call('VCARD', KEYS[1])".getBytes(UTF_8), ReturnType.INTEGER, 1,
							keysOnServer().iterator().next().getBytes(UTF_8));
			}
		}

	}

	/**
	 * Redis 6.2.
	 */
	@Nested
	class OnRedis6 extends Refusal {

		@RegisterExtension
		static final RedisServerFixture server = RedisServerFixture.embedded();

		@Override
		LettuceConnectionFactory connect() {
			return lettuce("127.0.0.1", server.port());
		}

	}

	/**
	 * Valkey, which has no vector sets either.
	 */
	@Nested
	class OnValkey extends Refusal {

		@RegisterExtension
		static final RedisContainerFixture server = RedisContainerFixture.valkey();

		@Override
		LettuceConnectionFactory connect() {
			return lettuce(server.host(), server.port());
		}

	}

	/**
	 * What a server without vector sets must lead to.
	 */
	abstract static class Refusal {

		private LettuceConnectionFactory connectionFactory;

		private RedisSemanticIndex index;

		abstract LettuceConnectionFactory connect();

		@BeforeEach
		void open() {
			this.connectionFactory = connect();
			this.index = patient(this.connectionFactory);
		}

		@AfterEach
		void close() {
			this.index.close();
			this.connectionFactory.destroy();
		}

		@Test
		void aFailureThatSaysWhatToTypeAndNothingOfTheVector() {
			float[] vector = { 0.1f, 0.9f };
			Fingerprint partition = TestEntry.fingerprint("p");
			List<Runnable> calls = List.of(() -> this.index.verify(), () -> this.index.nearest(partition, vector, 5),
					() -> this.index.add(partition, new Entry(partition, vector, Instant.MAX)),
					() -> this.index.remove(partition, partition));
			for (Runnable call : calls) {
				assertThatExceptionOfType(VectorSetsMissingException.class).isThrownBy(call::run)
					.withNoCause()
					.withMessageContaining("Redis 8")
					.withMessageContaining("modelcache.semantic.index=embedded");
			}
			this.index.clear();
		}

	}

	@Test
	void anotherClientThanLettuceIsRefusedWithWhatToType() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RedisSemanticIndex.builder(new JedisConnectionFactory()).build())
			.withMessageContaining("Lettuce")
			.withMessageContaining("modelcache.semantic.index=embedded");
	}

	@Test
	void wrongSettingsAreRefused() {
		RedisSemanticIndexBuilder builder = RedisSemanticIndex.builder(new LettuceConnectionFactory());
		assertThatIllegalArgumentException().isThrownBy(() -> builder.keyPrefix("*"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO).build())
			.withMessageContaining("timeout");
	}

	private static LettuceConnectionFactory lettuce(String host, int port) {
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory(host, port);
		connectionFactory.afterPropertiesSet();
		return connectionFactory;
	}

	/**
	 * Open an index that does not mind a busy machine.
	 */
	private static RedisSemanticIndex patient(LettuceConnectionFactory connectionFactory) {
		return RedisSemanticIndex.builder(connectionFactory).timeout(Duration.ofSeconds(20)).build();
	}

}
