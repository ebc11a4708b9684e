package io.modelcache.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;

/**
 * A real database server, started when it is first needed and stopped with the JVM.
 */
abstract class DatabaseServer {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	/**
	 * Return the database that comes with the server, and who may do everything there.
	 */
	abstract TestDatabase administration() throws Exception;

	/**
	 * Return a URL of the same server.
	 */
	abstract String url(TestDatabase administration, String database);

	/**
	 * Create a database.
	 * @param statements what is to be done in the administrator's database first, with
	 * {@code %s} for the name of the new one
	 */
	final TestDatabase create(List<String> statements) throws Exception {
		TestDatabase administration = administration();
		String name = "test%d".formatted(COUNTER.incrementAndGet());
		for (String statement : statements) {
			execute(administration, statement.formatted(name));
		}
		return new TestDatabase(url(administration, name), administration.username(), administration.password());
	}

	static boolean isDockerThere() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	static TestDatabase address(JdbcDatabaseContainer<?> container) {
		return new TestDatabase(container.getJdbcUrl(), container.getUsername(), container.getPassword());
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.url(), database.username(),
				database.password()); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
