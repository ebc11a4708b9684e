package io.modelcache.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.AsyncCacheStore;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.ProcessSignal;
import io.modelcache.testing.RedisClusterFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link RedisCacheStore} does on a cluster beyond the contract.
 */
class RedisClusterBehaviorIT {

	@RegisterExtension
	static final RedisClusterFixture cluster = new RedisClusterFixture();

	private final StoredEntry entry = TestEntry.of("a", Instant.now()).build();

	private LettuceConnectionFactory connectionFactory;

	private RedisCacheStore store;

	@BeforeEach
	void open() {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		configuration.clusterNode("127.0.0.1", cluster.ports().get(0));
		this.connectionFactory = new LettuceConnectionFactory(configuration);
		this.connectionFactory.afterPropertiesSet();
		this.store = RedisCacheStore.builder(this.connectionFactory).build();
	}

	@AfterEach
	void close() {
		this.store.close();
		this.connectionFactory.destroy();
	}

	@Test
	void aConnectionThatTheApplicationHasClosedIsReplaced() {
		this.store.putAll(List.of(this.entry));
		this.connectionFactory.resetConnection();
		assertThatItWorksAgain();
	}

	@Test
	void aConnectionFactoryThatWasStoppedIsUsedAgain() {
		this.store.putAll(List.of(this.entry));
		this.connectionFactory.stop();
		this.connectionFactory.start();
		assertThatItWorksAgain();
	}

	@Test
	void nobodyWaitsForAConnectionToAServerThatHangs() throws Exception {
		assertThat(this.store.get(new Fingerprint(0, 0, 0, 0))).isNull();
		for (long pid : cluster.servers().stream().map((server) -> server.pid()).toList()) {
			ProcessSignal.STOP.send(pid);
		}
		try {
			long start = System.nanoTime();
			CompletableFuture<Map<Fingerprint, StoredEntry>> asked = ((AsyncCacheStore) this.store)
				.getAllAsync(oneOfEachShard());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			assertThat(asked).isNotDone();
			asked.cancel(true);
		}
		finally {
			for (long pid : cluster.servers().stream().map((server) -> server.pid()).toList()) {
				ProcessSignal.CONT.send(pid);
			}
		}
		assertThatItWorksAgain();
	}

	private void assertThatItWorksAgain() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
			this.store.putAll(List.of(this.entry));
			assertThat(this.store.getAll(oneOfEachShard())).isEmpty();
			assertThat(this.store.get(this.entry.fingerprint())).isNotNull();
		});
	}

	private static List<Fingerprint> oneOfEachShard() {
		List<Fingerprint> fingerprints = new ArrayList<>();
		for (long shard = 0; shard < KeyLayout.SHARDS; shard++) {
			fingerprints.add(new Fingerprint(shard << 56, 0, 0, 0));
		}
		return fingerprints;
	}

}
