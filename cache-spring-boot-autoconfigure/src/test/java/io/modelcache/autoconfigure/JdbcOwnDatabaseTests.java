package io.modelcache.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

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

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			jdbc:h2:file:./data/x     | jdbc:h2:async:./data/x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:./data/x;MODE=DB2 | jdbc:h2:async:./data/x;MODE=DB2;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:~/x               | jdbc:h2:async:~/x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:C:/data/x         | jdbc:h2:async:C:/data/x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:file:C:/data/x    | jdbc:h2:async:C:/data/x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:mem:x             | jdbc:h2:mem:x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:split:30:./data/x | jdbc:h2:split:30:./data/x;DB_CLOSE_ON_EXIT=FALSE
			jdbc:h2:tcp://localhost/x | jdbc:h2:tcp://localhost/x
			jdbc:h2:./x;AUTO_SERVER=TRUE | jdbc:h2:./x;AUTO_SERVER=TRUE
			""")
	void aFileOfH2IsOpenedSuchThatInterruptsDoNotCloseIt(String url, String opened) {
		try (HikariDataSource pool = pool(url)) {
			assertThat(pool.getJdbcUrl()).isEqualTo(opened);
		}
	}

	@Test
	void aReaderOfAFileOfH2WhoIsInterruptedDoesNotCloseIt(@TempDir Path directory) throws SQLException {
		try (HikariDataSource pool = pool("jdbc:h2:file:%s;CACHE_SIZE=0".formatted(directory.resolve("own")))) {
			with(pool, JdbcOwnDatabaseTests::write);
			with(pool, (connection) -> {
				Thread.currentThread().interrupt();
				read(connection);
				assertThat(Thread.interrupted()).isTrue();
			});
			with(pool, JdbcOwnDatabaseTests::read);
		}
	}

	@Test
	void aDatabaseOfH2ThatHasClosedItselfIsOpenedAgain(@TempDir Path directory) throws SQLException {
		try (HikariDataSource pool = pool("jdbc:h2:split:30:%s;CACHE_SIZE=0".formatted(directory.resolve("own")))) {
			with(pool, JdbcOwnDatabaseTests::write);
			with(pool, (connection) -> {
				Thread.currentThread().interrupt();
				assertThat(catchThrowable(() -> read(connection))).isInstanceOf(SQLException.class);
				boolean unused = Thread.interrupted();
				await().until(() -> catchThrowable(() -> writeLittle(connection)) instanceof SQLException ex
						&& ex.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED);
			});
			await().ignoreExceptions().untilAsserted(() -> with(pool, JdbcOwnDatabaseTests::read));
		}
	}

	@Test
	void aFolderOfSqliteThatCannotBeMadeIsTriedAgainWithEachConnection(@TempDir Path directory) throws Exception {
		Path inTheWay = Files.createFile(directory.resolve("folder"));
		try (HikariDataSource pool = pool("jdbc:sqlite:" + inTheWay.resolve("deep/cache.db"))) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection)
				.withMessageContaining("cannot be made");
			Files.delete(inTheWay);
			with(pool, JdbcOwnDatabaseTests::writeLittle);
		}
	}

	private static void writeLittle(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS little (id INT)");
			statement.execute("INSERT INTO little VALUES (1)");
		}
	}

	private static void write(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS text (id INT PRIMARY KEY, words VARCHAR)");
			statement.execute("MERGE INTO text SELECT X, SPACE(10000) FROM SYSTEM_RANGE(1, 3000)");
			statement.execute("CHECKPOINT SYNC");
		}
	}

	private static void read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT SUM(LENGTH(words)) FROM text")) {
			assertThat(result.next()).isTrue();
			assertThat(result.getLong(1)).isEqualTo(30_000_000);
		}
	}

	private static void with(HikariDataSource pool, Work work) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			work.on(connection);
		}
	}

	private static HikariDataSource pool(String url) {
		return (HikariDataSource) JdbcOwnDatabase
			.create(new ModelCacheProperties.Jdbc(url, "sa", "", null, null, "x_", null, true, null, true, false), url);
	}

	/**
	 * Something to do with a connection.
	 */
	private interface Work {

		void on(Connection connection) throws SQLException;

	}

}
