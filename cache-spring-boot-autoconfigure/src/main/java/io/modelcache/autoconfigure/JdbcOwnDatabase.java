package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The pool of a database that belongs to the cache alone, and that is no bean.
 */
final class JdbcOwnDatabase {

	static final int CONNECTIONS = 4;

	private static final long PATIENCE_MILLIS = 5_000;

	/**
	 * The beginning of a URL that does not say how the file is opened. A single letter is
	 * a drive of Windows.
	 */
	private static final Pattern H2_FILE = Pattern.compile("^jdbc:h2:(file:)?(?!\\w{2,}:)");

	private JdbcOwnDatabase() {
	}

	/**
	 * Make the pool, which opens with the first connection.
	 */
	static DataSource create(ModelCacheProperties.Jdbc properties, String url) {
		OwnPool pool = new OwnPool();
		pool.setPoolName("modelcache");
		pool.setJdbcUrl(url);
		pool.setUsername(properties.username());
		pool.setPassword(properties.password());
		pool.setMaximumPoolSize(CONNECTIONS);
		pool.setMinimumIdle(1);
		pool.setConnectionTimeout(PATIENCE_MILLIS);
		if (JdbcUrl.isInProcess(url)) {
			// one on the heap ends with its last connection
			pool.setMaxLifetime(0);
		}
		JdbcUrl database = JdbcUrl.of(url);
		if (database == JdbcUrl.SQLITE) {
			prepareSqlite(pool, url);
		}
		else if (database == JdbcUrl.H2) {
			pool.setJdbcUrl(h2Url(url));
			pool.setExceptionOverride(new ClosedDatabase());
		}
		return pool;
	}

	/**
	 * The application closes the database, not the end of the JVM, unless others use it
	 * too: H2 refuses that. The file is opened in the one way in which a reader who is
	 * interrupted does not close it for everybody.
	 */
	private static String h2Url(String url) {
		return JdbcUrl.isInProcess(url)
				? with(H2_FILE.matcher(url).replaceFirst("jdbc:h2:async:"), "DB_CLOSE_ON_EXIT", "FALSE") : url;
	}

	private static String with(String url, String setting, String value) {
		return url.toUpperCase(Locale.ROOT).contains(";" + setting + "=") ? url
				: "%s;%s=%s".formatted(url, setting, value);
	}

	/**
	 * Readers and the one writer do not wait for each other, and a power cut costs the
	 * last answers at most.
	 */
	private static void prepareSqlite(OwnPool pool, String url) {
		pool.addDataSourceProperty("journal_mode", "WAL");
		pool.addDataSourceProperty("busy_timeout", Long.toString(PATIENCE_MILLIS));
		pool.addDataSourceProperty("synchronous", "NORMAL");
		pool.addDataSourceProperty("transaction_mode", "IMMEDIATE");
		String file = url.substring("jdbc:sqlite:".length()).replaceFirst("\\?.*", "");
		if (file.isEmpty() || url.contains(":memory:") || url.contains("mode=memory")) {
			pool.setMaximumPoolSize(1);
		}
		else if (!file.startsWith("file:")) {
			pool.setFolder(Path.of(file).toAbsolutePath().resolveSibling("."));
		}
	}

	/**
	 * Makes the folder of its file before the first connection, or fails as if the file
	 * could not be opened.
	 */
	private static final class OwnPool extends HikariDataSource {

		private volatile @Nullable Path folder;

		void setFolder(Path folder) {
			this.folder = folder;
		}

		@Override
		public Connection getConnection() throws SQLException {
			Path missing = this.folder;
			if (missing != null) {
				try {
					Files.createDirectories(missing);
				}
				catch (IOException ex) {
					throw new SQLException("The folder %s cannot be made".formatted(missing.normalize()), ex);
				}
				this.folder = null;
			}
			return super.getConnection();
		}

	}

}
