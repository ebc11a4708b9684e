package io.modelcache.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.modelcache.testing.RedisServerFixture;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that Redis passes the contract, and that news reach other instances.
 */
class RedisStoreSpikeIT extends CacheStoreContract implements LeaseStoreContract, RemovalSourceContract {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private static RedisClient client;

	private final String prefix = UUID.randomUUID() + ":";

	@BeforeAll
	static void connect() {
		client = RedisClient.create("redis://127.0.0.1:" + server.port());
	}

	@AfterAll
	static void disconnect() {
		client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
	}

	@BeforeEach
	void forgetTheTestBefore() {
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			connection.sync().flushall();
		}
	}

	@Override
	protected RedisStoreSpike createStore() {
		return new RedisStoreSpike(client, this.prefix, InstantSource.system());
	}

	@Test
	void anotherInstanceIsToldAndAgreesOnLeases() {
		RemovalRecorder news = new RemovalRecorder();
		try (RedisStoreSpike other = createStore()) {
			other.subscribe(news);
			StoredEntry entry = entry("a").tags("t").build();
			put(entry);
			assertEqual(other.get(entry.fingerprint()), entry);
			store().evictAll(List.of(entry.fingerprint()));
			eventually(() -> assertThat(news.causes(entry)).contains(RemovalCause.EVICTED));
			assertThat(leases().acquire(LEASED, "a", LONG)).isTrue();
			assertThat(other.acquire(LEASED, "b", LONG)).isFalse();
		}
	}

	@Test
	void anotherInstanceGetsTheTimesInTermsOfItsOwnClock() {
		TestClock farAway = new TestClock();
		StoredEntry entry = entry("a").times(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20))
			.build();
		put(entry);
		try (RedisStoreSpike other = new RedisStoreSpike(client, this.prefix, farAway)) {
			StoredEntry read = other.get(entry.fingerprint());
			assertThat(Duration.between(read.createdAt(), farAway.instant()))
				.isBetween(Duration.ofMinutes(5).minusMillis(5), Duration.ofMinutes(5).plus(TOLERANCE));
			assertThat(Duration.between(read.createdAt(), read.freshUntil())).isEqualTo(Duration.ofMinutes(10));
			assertThat(Duration.between(read.createdAt(), read.keepUntil())).isEqualTo(Duration.ofMinutes(20));
		}
	}

}
