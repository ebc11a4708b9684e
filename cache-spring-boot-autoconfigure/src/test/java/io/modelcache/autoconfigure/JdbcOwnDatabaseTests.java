package io.modelcache.autoconfigure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcOwnDatabase}.
 */
class JdbcOwnDatabaseTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:lasting", "jdbc:h2:file:./data/x", "jdbc:sqlite::memory:", "jdbc:sqlite:",
			"jdbc:sqlite:file:lasting?mode=memory&cache=shared" })
	void aDatabaseOfThisProcessAlwaysHasAConnectionOrItWouldForget(String url) {
		try (HikariDataSource pool = pool(url)) {
			assertThat(pool.getMaxLifetime()).isZero();
			assertThat(pool.getMinimumIdle()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file::memory:",
			"jdbc:sqlite:file:lasting?mode=memory" })
	void aDatabaseOfOneConnectionHasOne(String url) {
		try (HikariDataSource pool = pool(url)) {
			assertThat(pool.getMaximumPoolSize()).isEqualTo(1);
		}
	}

	@Test
	void connectionsToAServerEndAfterAWhile() {
		try (HikariDataSource pool = pool("jdbc:postgresql://127.0.0.1:1/x")) {
			assertThat(pool.getMaxLifetime()).isEqualTo(TimeUnit.MINUTES.toMillis(30));
		}
	}

	@Test
	void severalProcessesCanShareAFileOfH2(@TempDir Path directory) throws SQLException {
		String url = "jdbc:h2:file:%s;Auto_Server=true".formatted(directory.resolve("shared"));
		try (HikariDataSource pool = pool(url); Connection connection = pool.getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";", ";db_close_on_exit=true", ";WRITE_DELAY=0" })
	void settingsOfAFileOfH2CanBeWrittenIntoItsUrl(String settings, @TempDir Path directory) throws SQLException {
		String url = "jdbc:h2:file:%s%s".formatted(directory.resolve("own"), settings);
		try (HikariDataSource pool = pool(url); Connection connection = pool.getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
		}
	}

	private static HikariDataSource pool(String url) {
		return (HikariDataSource) JdbcOwnDatabase
			.create(new ModelCacheProperties.Jdbc(url, "sa", "", null, null, "x_", null, true, null, true, false), url);
	}

}
