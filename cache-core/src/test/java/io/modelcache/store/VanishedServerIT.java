package io.modelcache.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.store.StoreUnavailableException.Reason;
import io.modelcache.store.jdbc.JdbcCacheStore;
import io.modelcache.store.jdbc.JdbcStoreException;
import io.modelcache.store.jdbc.TestTables;
import io.modelcache.testing.FaultProxy;
import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what a {@link GuardedCacheStore} makes of a database server that vanishes without
 * a word while it is asked.
 */
class VanishedServerIT {

	private static final Duration SHORT = Duration.ofMillis(200);

	@Test
	void aServerThatVanishesIsUsedAgainWithoutARestartThoughItHadAllConnections() throws Exception {
		TestDatabase database = PostgreSqlServer.createDatabase();
		int port = URI.create(database.url().substring("jdbc:".length())).getPort();
		StoredEntry entry = TestEntry.of("key", Instant.now()).build();
		try (FaultProxy proxy = FaultProxy.before(port);
				HikariDataSource pool = behind(proxy, port, database).pool(2);
				GuardedCacheStore store = guard(pool)) {
			store.putAll(List.of(entry));
			store.flush();
			await().untilAsserted(() -> assertThat(store.get(entry.fingerprint())).isNotNull());
			proxy.set(Fault.VANISH);
			assertTimeout(() -> store.get(entry.fingerprint()));
			assertTimeout(() -> store.evictAll(List.of(entry.fingerprint())));
			proxy.set(Fault.PASS);
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatNoException().isThrownBy(() -> {
				store.get(entry.fingerprint());
				store.evictAll(List.of(entry.fingerprint()));
			}));
		}
	}

	private static GuardedCacheStore guard(HikariDataSource pool) throws Exception {
		JdbcCacheStore store = JdbcCacheStore.builder(pool, TestTables.create(pool, null, "modelcache_")).build();
		return GuardedCacheStore.builder(store)
			.limits(new GuardLimits(SHORT, 1, 50, SHORT))
			.abortAfter(SHORT)
			.disconnectedIf((failure) -> failure instanceof JdbcStoreException jdbc && jdbc.isDisconnected())
			.build();
	}

	private static TestDatabase behind(FaultProxy proxy, int port, TestDatabase database) {
		return new TestDatabase(database.url().replace(":" + port, ":" + proxy.port()), database.username(),
				database.password());
	}

	private static void assertTimeout(Runnable call) {
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.TIMEOUT));
	}

}
