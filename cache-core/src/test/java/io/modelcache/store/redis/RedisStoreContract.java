package io.modelcache.store.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.modelcache.store.CacheStoreContract;
import io.modelcache.store.LeaseStoreContract;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalRecorder;
import io.modelcache.store.RemovalSourceContract;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every server and every client must show: the contract of all stores, and that two
 * instances agree.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisStoreContract extends CacheStoreContract implements LeaseStoreContract, RemovalSourceContract {

	private RedisConnectionFactory connectionFactory;

	/**
	 * Make a connection factory, once for all tests.
	 */
	abstract RedisConnectionFactory connect();

	@BeforeAll
	void startClient() throws Exception {
		this.connectionFactory = connect();
		((InitializingBean) this.connectionFactory).afterPropertiesSet();
	}

	@AfterAll
	void stopClient() throws Exception {
		if (this.connectionFactory != null) {
			((DisposableBean) this.connectionFactory).destroy();
		}
	}

	@Override
	protected RedisCacheStore createStore() {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().flushAll();
		}
		return store(InstantSource.system());
	}

	RedisCacheStore store(InstantSource clock) {
		return RedisCacheStore.builder(this.connectionFactory).keyPrefix("test:").clock(clock).build();
	}

	@Test
	void anotherInstanceIsToldAndAgreesOnLeases() {
		RemovalRecorder news = new RemovalRecorder();
		try (RedisCacheStore other = store(InstantSource.system())) {
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
		try (RedisCacheStore other = store(farAway)) {
			StoredEntry read = other.get(entry.fingerprint());
			assertThat(Duration.between(read.createdAt(), farAway.instant()))
				.isBetween(Duration.ofMinutes(5).minusMillis(50), Duration.ofMinutes(5).plus(TOLERANCE));
			assertThat(Duration.between(read.createdAt(), read.freshUntil())).isEqualTo(Duration.ofMinutes(10));
			assertThat(Duration.between(read.createdAt(), read.keepUntil())).isEqualTo(Duration.ofMinutes(20));
		}
	}

}
