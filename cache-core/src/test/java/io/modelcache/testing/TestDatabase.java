package io.modelcache.testing;

import java.nio.file.Path;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Where a database for a test is, which is empty and nobody else's.
 *
 * @param url the JDBC URL
 * @param username the user, who may do everything in it
 * @param password his password
 */
public record TestDatabase(String url, String username, String password) {

	/**
	 * Use a database of H2 on the heap.
	 * @param options settings of H2 such as {@code ;MODE=MySQL}
	 * @return the database, which is there as long as this JVM
	 */
	public static TestDatabase h2InMemory(String options) {
		return new TestDatabase("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1%s".formatted(UUID.randomUUID(), options), "sa", "");
	}

	/**
	 * Use a database of H2 in a file, opened as the auto-configuration does.
	 * @param directory where to put it
	 * @return the database
	 */
	public static TestDatabase h2(Path directory) {
		return new TestDatabase("jdbc:h2:async:" + directory.resolve("h2-" + UUID.randomUUID()), "sa", "");
	}

	/**
	 * Use a database of SQLite in a file, with a write-ahead log.
	 * @param directory where to put it
	 * @return the database
	 */
	public static TestDatabase sqlite(Path directory) {
		return new TestDatabase("jdbc:sqlite:%s?journal_mode=WAL&busy_timeout=10000&synchronous=NORMAL"
			.formatted(directory.resolve("sqlite-%s.db".formatted(UUID.randomUUID()))), "", "");
	}

	/**
	 * Write this as properties of an application.
	 * @param prefix what they begin with, such as {@code spring.datasource}
	 * @return the properties
	 */
	public String[] properties(String prefix) {
		return new String[] { "%s.url=%s".formatted(prefix, this.url),
				"%s.username=%s".formatted(prefix, this.username), "%s.password=%s".formatted(prefix, this.password) };
	}

	/**
	 * Open a pool.
	 * @param size the number of connections at most
	 * @return a pool to be closed
	 */
	public HikariDataSource pool(int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url);
		config.setUsername(this.username);
		config.setPassword(this.password);
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(1);
		// the process that had a file before may still be closing it
		config.setInitializationFailTimeout(10_000);
		return new HikariDataSource(config);
	}

}
