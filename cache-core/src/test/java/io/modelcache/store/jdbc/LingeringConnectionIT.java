package io.modelcache.store.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.FaultProxy;
import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.Figures;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LingeringConnection} on a real server of PostgreSQL.
 */
class LingeringConnectionIT {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	/**
	 * Far above the deadline on a busy machine, far below the time-outs of the pool.
	 */
	private static final Duration ONE_DEADLINE = Duration.ofSeconds(4);

	private static final Fingerprint KEY = TestEntry.fingerprint("a");

	private FaultProxy proxy;

	private HikariDataSource pool;

	private JdbcCacheStore store;

	@BeforeEach
	void open() throws Exception {
		TestDatabase database = PostgreSqlServer.createDatabase();
		Matcher port = Pattern.compile(":(\\d+)/").matcher(database.url());
		assertThat(port.find()).isTrue();
		this.proxy = FaultProxy.before(Integer.parseInt(port.group(1)));
		String url = port.replaceFirst(":%d/".formatted(this.proxy.port())).replaceFirst("//[^:]+:", "//127.0.0.1:");
		this.pool = new TestDatabase(url, database.username(), database.password()).pool(4);
		JdbcTables tables = TestTables.create(this.pool, null, JdbcTables.DEFAULT_PREFIX);
		this.store = JdbcCacheStore.builder(this.pool, tables)
			.lingering(() -> this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0)
			.build();
		this.store.putAll(List.of(TestEntry.of("a", Instant.now()).build()));
	}

	@AfterEach
	void close() throws IOException {
		this.pool.close();
		this.proxy.close();
	}

	@Test
	void hitsThatFollowEachOtherAreReadHere() throws Exception {
		assertThat(readHere(() -> {
		})).containsOnlyKeys(KEY);
		await().untilAsserted(() -> assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero());
	}

	@Test
	void aBatchIsAHitIfAllOfItIsThere() throws Exception {
		this.store.putAll(List.of(TestEntry.of("b", Instant.now()).build()));
		List<Fingerprint> both = List.of(KEY, TestEntry.fingerprint("b"), KEY);
		linger();
		assertThat(eventually(() -> {
			this.store.getAll(both);
			return this.store.getAllWithin(both, TIMEOUT);
		})).containsOnlyKeys(KEY, TestEntry.fingerprint("b"));
		assertThat(eventually(() -> {
			linger();
			return this.store.getAllWithin(List.of(KEY, TestEntry.fingerprint("none")), TIMEOUT);
		})).containsOnlyKeys(KEY);
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).as("after a miss").isZero();
	}

	@Test
	void itIsGivenToWhoeverWaitsForAConnection() throws Exception {
		List<Connection> taken = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				taken.add(this.pool.getConnection());
			}
			linger();
			CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> taken.add(connection()));
			int served = 0;
			while (!waiting.isDone()) {
				boolean awaited = this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0;
				served += (this.store.getAllWithin(List.of(KEY), TIMEOUT) != null && awaited) ? 1 : 0;
			}
			assertThat(waiting).isCompleted();
			assertThat(served).isLessThanOrEqualTo(1);
		}
		finally {
			for (Connection connection : taken) {
				connection.close();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "BLACKHOLE, 0", "DELAY, 5000", "THROTTLE, 20" })
	void aReaderOfAServerThatHangsIsBackInTime(Fault fault, long amount) throws Exception {
		long[] start = new long[1];
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> readHere(() -> {
			this.proxy.set(fault, amount);
			start[0] = System.nanoTime();
		}));
		Duration took = Duration.ofNanos(System.nanoTime() - start[0]);
		Figures.say("PostgreSQL behind %s: a read on the thread of its caller".formatted(fault), took);
		assertThat(took).isLessThan(ONE_DEADLINE);
		assertUsable();
	}

	@Test
	void aConnectionThatIsLostIsAFailureAndNotUsedAgain() throws Exception {
		assertThatExceptionOfType(JdbcStoreException.class)
			.isThrownBy(() -> readHere(() -> this.proxy.set(Fault.RESET)))
			.satisfies((ex) -> assertThat(ex.isDisconnected()).isTrue());
		assertUsable();
	}

	private void assertUsable() {
		this.proxy.set(Fault.PASS);
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> this.store.get(KEY) != null);
		await().untilAsserted(() -> assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero());
	}

	/**
	 * Read on a connection that lingers, which may be gone on a busy machine.
	 */
	private Map<Fingerprint, StoredEntry> readHere(Runnable justBefore) throws Exception {
		return eventually(() -> {
			this.proxy.set(Fault.PASS);
			linger();
			justBefore.run();
			return this.store.getAllWithin(List.of(KEY), TIMEOUT);
		});
	}

	private Connection connection() {
		try {
			return this.pool.getConnection();
		}
		catch (SQLException ex) {
			throw new CompletionException(ex);
		}
	}

	private void linger() throws TimeoutException {
		do {
			this.store.get(KEY);
			this.store.get(KEY);
		}
		while (this.store.getAllWithin(List.of(KEY), TIMEOUT) == null);
	}

	private static <T> T eventually(Callable<@Nullable T> attempt) throws Exception {
		for (int i = 0; i < 1000; i++) {
			T result = attempt.call();
			if (result != null) {
				return result;
			}
		}
		throw new AssertionError("no connection has ever lingered");
	}

}
