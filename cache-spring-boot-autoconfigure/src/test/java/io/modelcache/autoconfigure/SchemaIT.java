package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MariaDbServer;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for our tables on real servers.
 */
@ExtendWith(OutputCaptureExtension.class)
class SchemaIT {

	@TempDir
	Path directory;

	@Nested
	class PostgreSql extends SchemaContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return PostgreSqlServer.createDatabase();
		}

	}

	@Nested
	class MariaDb extends HalfMadeSchemaContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return MariaDbServer.createDatabase();
		}

		@Override
		String quote(String name) {
			return '`' + name + '`';
		}

	}

	@Test
	void aUserWhoMayNotMakeTablesIsToldWhatToDo(CapturedOutput output) throws Exception {
		TestDatabase database = PostgreSqlServer.createDatabase();
		execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC", "DROP ROLE IF EXISTS reader",
				"CREATE ROLE reader LOGIN PASSWORD 'reader'");
		String[] reader = { "modelcache.jdbc.url=" + database.url(), "modelcache.jdbc.username=reader",
				"modelcache.jdbc.password=reader", "modelcache.provider=jdbc" };
		Application.of(OneModel.class).fail(reader);
		assertThat(output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START"))).contains(
				"Flyway cannot make the tables of the cache in PostgreSQL: ", "permission denied for schema public",
				"have the script run by somebody who may and set modelcache.jdbc.migration=validate",
				"io/modelcache/store/jdbc/postgresql", "modelcache.jdbc.fail-fast=false");
	}

	@Test
	void theModuleOfFlywayThatIsMissingIsNamed(CapturedOutput output) throws Exception {
		for (TestDatabase database : List.of(PostgreSqlServer.createDatabase(), MariaDbServer.createDatabase())) {
			List<String> arguments = new ArrayList<>(List.of(database.properties("modelcache.jdbc")));
			arguments.add("modelcache.provider=jdbc");
			Application.of(OneModel.class)
				.with(new FilteredClassLoader("org.flywaydb.database"))
				.fail(arguments.toArray(String[]::new));
		}
		assertThat(output).contains("flyway-database-postgresql is not on the class path",
				"<artifactId>flyway-database-postgresql</artifactId>", "flyway-mysql is not on the class path",
				"<artifactId>flyway-mysql</artifactId>");
	}

	@Test
	void instancesThatStartAtOnceInASchemaThatIsEmptyAllStart() throws Exception {
		for (TestDatabase database : List.of(PostgreSqlServer.createDatabase(), MariaDbServer.createDatabase())) {
			assertThat(SchemaRace.failures(database, 20)).isEmpty();
		}
	}

	@Test
	@Tag("slow")
	void sixInstancesThatStartAtOnceMakeTheTablesOnce() throws Exception {
		TestDatabase database = PostgreSqlServer.createDatabase();
		execute(database, "CREATE TABLE thing (id INT)");
		assertThat(exitCodes(database, 6)).containsOnly(0);
		try (HikariDataSource pool = database.pool(1);
				Connection connection = pool.getConnection();
				var rows = connection.createStatement()
					.executeQuery("SELECT count(*), sum(CASE WHEN success THEN 1 ELSE 0 END), max(version) "
							+ "FROM modelcache_flyway_history")) {
			rows.next();
			assertThat(rows.getInt(1)).as("one baseline, one migration").isEqualTo(2);
			assertThat(rows.getInt(2)).isEqualTo(2);
			assertThat(rows.getString(3)).isEqualTo("1");
		}
	}

	private List<Integer> exitCodes(TestDatabase database, int count) throws IOException, InterruptedException {
		List<Process> processes = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-cp", System.getProperty("java.class.path"), SchemaInstance.class.getName(), database.url(),
						database.username(), database.password())
					.redirectErrorStream(true)
					.redirectOutput(this.directory.resolve("instance-%d.log".formatted(i)).toFile())
					.start());
			}
			List<Integer> codes = new ArrayList<>();
			for (Process process : processes) {
				codes.add(process.waitFor(120, TimeUnit.SECONDS) ? process.exitValue() : null);
			}
			return codes;
		}
		finally {
			processes.forEach(Process::destroyForcibly);
		}
	}

	private static void execute(TestDatabase database, String... statements) throws SQLException {
		try (HikariDataSource pool = database.pool(1);
				Connection connection = pool.getConnection();
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OneModel {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

}
