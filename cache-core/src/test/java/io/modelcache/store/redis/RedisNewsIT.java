package io.modelcache.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalRecorder;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.ProcessSignal;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners of {@link RedisCacheStore} hear, and that they are told when they may
 * have heard too little.
 */
class RedisNewsIT {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private final Missing missing = new Missing();

	private final StoredEntry entry = TestEntry.of("a", Instant.now()).build();

	private LettuceConnectionFactory connectionFactory;

	private RedisCacheStore store;

	@BeforeEach
	void open() {
		this.connectionFactory = connect(0);
		this.store = RedisCacheStore.builder(this.connectionFactory).timeout(Duration.ofMillis(500)).build();
	}

	@AfterEach
	void close() {
		this.store.close();
		this.connectionFactory.destroy();
	}

	@Test
	void whoListensToAServerThatIsThereHasMissedNothing() {
		this.store.subscribe(this.missing);
		tellUntilHeard(new RemovalRecorder());
		assertThat(this.missing.count).hasValue(0);
	}

	@Test
	void whoListensBeforeTheServerIsThereMayHaveMissedSomething() throws Exception {
		server.stop();
		try {
			this.store.subscribe(this.missing);
			assertThat(this.missing.count).hasValue(0);
		}
		finally {
			server.restart();
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.missing.count.get() > 0);
	}

	@Test
	void whoDidNotWaitUntilHeWasListeningMayHaveMissedSomething() throws Exception {
		this.store.get(this.entry.fingerprint());
		ProcessSignal.STOP.send(server.pid());
		try {
			this.store.subscribe(this.missing);
			assertThat(this.missing.count).hasValue(0);
		}
		finally {
			ProcessSignal.CONT.send(server.pid());
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.missing.count.get() > 0);
	}

	@Test
	void listeningGoesOnAfterTheConnectionFactoryWasStopped() {
		RemovalRecorder news = new RemovalRecorder();
		this.store.subscribe(this.missing);
		this.connectionFactory.stop();
		this.connectionFactory.start();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.missing.count.get() > 0);
		tellUntilHeard(news);
	}

	@Test
	void anotherDatabaseOfTheServerHasNewsOfItsOwn() {
		RemovalRecorder here = new RemovalRecorder();
		RemovalRecorder there = new RemovalRecorder();
		LettuceConnectionFactory other = connect(1);
		try (RedisCacheStore otherStore = RedisCacheStore.builder(other).build()) {
			this.store.subscribe(here);
			otherStore.subscribe(there);
			otherStore.evict(Selector.all());
			Awaitility.await().until(() -> !there.causes(this.entry).isEmpty());
			StoredEntry next = TestEntry.of("b", Instant.now()).build();
			this.store.evictAll(List.of(next.fingerprint()));
			Awaitility.await().until(() -> !here.causes(next).isEmpty());
			assertThat(here.causes(this.entry)).isEmpty();
			assertThat(there.causes(this.entry)).hasSize(1);
		}
		finally {
			other.destroy();
		}
	}

	@Test
	void theChannelOfTheFirstDatabaseHasNoNumber() {
		RemovalRecorder news = new RemovalRecorder();
		this.store.subscribe(news);
		publish(RemovalNews.evicted(List.of(this.entry.fingerprint())));
		Awaitility.await().until(() -> !news.causes(this.entry).isEmpty());
	}

	@Test
	void aMessageThatNobodyHereHasWrittenIsNewsThatWasMissed() {
		this.store.subscribe(this.missing);
		publish("?".getBytes(UTF_8));
		Awaitility.await().until(() -> this.missing.count.get() == 1);
	}

	/**
	 * Listen, too, and tell of an entry until that is heard.
	 */
	private void tellUntilHeard(RemovalRecorder news) {
		this.store.subscribe(news);
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			this.store.evictAll(List.of(this.entry.fingerprint()));
			return !news.causes(this.entry).isEmpty();
		});
	}

	private void publish(byte[] message) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.publish("modelcache:news".getBytes(UTF_8), message);
		}
	}

	private static LettuceConnectionFactory connect(int database) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
		configuration.setDatabase(database);
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory(configuration);
		connectionFactory.afterPropertiesSet();
		return connectionFactory;
	}

	/**
	 * Counts how often news may have been missed.
	 */
	private static final class Missing implements RemovalListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void removed(Collection<Fingerprint> fingerprints, RemovalCause cause) {
		}

		@Override
		public void cleared(Selector selector) {
		}

		@Override
		public void missed() {
			this.count.incrementAndGet();
		}

	}

}
