package io.modelcache.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SqlRunner}.
 */
class SqlRunnerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HikariDataSource pool = TestDatabase.h2InMemory("").pool(1);

	private final LingeringConnection lingering = new LingeringConnection(() -> false, () -> 0, (tick) -> {
	});

	private SqlRunner runner;

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void aReadThatTheDatabaseUndoesOnAConnectionThatHasStayedIsTriedTheOtherWay() throws Exception {
		linger();
		assertThat(this.runner.<String>onceWithin(TIMEOUT, (connection) -> "here", (found) -> true)).isEqualTo("here");
		assertThat(this.runner.<String>onceWithin(TIMEOUT, (connection) -> {
			throw new SQLException("undone", "40001");
		}, (found) -> true)).isNull();
		assertThat(this.runner.<String>once((connection) -> "there")).as("there is only one connection")
			.isEqualTo("there");
	}

	@Test
	void anotherFailureOnAConnectionThatHasStayedIsOne() throws Exception {
		linger();
		assertThatExceptionOfType(JdbcStoreException.class)
			.isThrownBy(() -> this.runner.<String>onceWithin(TIMEOUT, (connection) -> {
				throw new SQLException("planted", "42000");
			}, (found) -> true));
	}

	private void linger() throws SQLException {
		this.runner = new SqlRunner(this.pool, JdbcTables.in(this.pool, null, JdbcTables.DEFAULT_PREFIX),
				this.lingering);
		this.runner.once((connection) -> "hit", (found) -> true);
		this.runner.once((connection) -> "hit", (found) -> true);
	}

}
