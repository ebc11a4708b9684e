package io.modelcache.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.testing.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeptStatement}.
 */
class KeptStatementTests {

	private final KeptStatement kept = new KeptStatement("SELECT text FROM mine");

	private HikariDataSource pool;

	@BeforeEach
	void open(@TempDir Path directory) throws SQLException {
		this.pool = TestDatabase.sqlite(directory).pool(2);
		execute("CREATE TABLE mine (text TEXT)", "INSERT INTO mine VALUES ('old')");
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void aConnectionThatComesBackFromThePoolStillHasItsStatement() throws SQLException {
		PreparedStatement first = useIn(this.pool);
		assertThat(useIn(this.pool)).isSameAs(first);
		assertThat(first.isClosed()).isFalse();
	}

	@Test
	void twoConnectionsHaveAStatementEach() throws SQLException {
		try (Connection one = this.pool.getConnection(); Connection two = this.pool.getConnection()) {
			PreparedStatement first = this.kept.use(one, (statement) -> statement);
			PreparedStatement second = this.kept.use(two, (statement) -> statement);
			assertThat(second).isNotSameAs(first);
			PreparedStatement again = this.kept.use(one, (statement) -> statement);
			assertThat(again).isSameAs(first);
		}
	}

	@Test
	void aStatementThatFailsIsPreparedAgain() throws SQLException {
		PreparedStatement first = useIn(this.pool);
		try (Connection connection = this.pool.getConnection()) {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.kept.use(connection, (statement) -> {
					throw new IllegalStateException("planted");
				}));
		}
		assertThat(first.isClosed()).isTrue();
		assertThat(useIn(this.pool)).isNotSameAs(first);
	}

	@Test
	void itFollowsChangesOfTheTable() throws SQLException {
		assertThat(read()).isEqualTo("old");
		execute("DROP TABLE mine", "CREATE TABLE mine (number INTEGER, text TEXT)",
				"INSERT INTO mine VALUES (1, 'new')");
		assertThat(read()).isEqualTo("new");
		execute("DROP TABLE mine");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::read).withMessageContaining("no such table");
		execute("CREATE TABLE mine (text TEXT)", "INSERT INTO mine VALUES ('newest')");
		assertThat(read()).isEqualTo("newest");
	}

	@Test
	void whatHasBeenReadIsNotInTheWayOfWriters() throws SQLException {
		assertThat(read()).isEqualTo("old");
		try (Connection reader = this.pool.getConnection()) {
			assertThat(textIn(reader)).isEqualTo("old");
			execute("UPDATE mine SET text = 'new'", "PRAGMA wal_checkpoint(TRUNCATE)");
			assertThat(textIn(reader)).isEqualTo("new");
		}
	}

	@Test
	void statementsOfClosedConnectionsAreLetGo() throws SQLException {
		for (int i = 0; i < 10; i++) {
			try (Connection connection = DriverManager.getConnection(this.pool.getJdbcUrl())) {
				this.kept.use(connection, (statement) -> statement);
			}
		}
		assertThat(this.kept).extracting("prepared").asInstanceOf(InstanceOfAssertFactories.MAP).hasSize(1);
	}

	private PreparedStatement useIn(HikariDataSource source) throws SQLException {
		try (Connection connection = source.getConnection()) {
			return this.kept.use(connection, (statement) -> statement);
		}
	}

	private String read() throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			return textIn(connection);
		}
	}

	private String textIn(Connection connection) throws SQLException {
		return this.kept.use(connection, KeptStatementTests::text);
	}

	private static String text(PreparedStatement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery()) {
			rows.next();
			return rows.getString(1);
		}
	}

	private void execute(String... statements) throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
