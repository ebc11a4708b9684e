package io.modelcache.autoconfigure;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;

/**
 * A pool of which a connection may stay with the cache for a moment: one of HikariCP, not
 * too small, that holds connections of PostgreSQL's own driver.
 * <p>
 * Drivers around that one which look for another server when a connection is lost, as on
 * Aurora, call themselves PostgreSQL in everything but the URL, and would keep a caller.
 */
final class LingeringPool {

	private static final int SMALLEST = 4;

	private static final String URL = "jdbc:postgresql:";

	private static final String PACKAGE = "org.postgresql.";

	private LingeringPool() {
	}

	/**
	 * Return what tells whether anybody waits for a connection.
	 * @return that, or {@code null} if no connection may stay
	 */
	static @Nullable BooleanSupplier awaited(DataSource dataSource) {
		HikariDataSource pool = pool(dataSource);
		return (pool != null && pool.getMaximumPoolSize() >= SMALLEST && isOfPostgreSql(pool)) ? () -> isAwaited(pool)
				: null;
	}

	private static @Nullable HikariDataSource pool(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(HikariDataSource.class) ? dataSource.unwrap(HikariDataSource.class) : null;
		}
		catch (SQLException | RuntimeException ex) {
			return null;
		}
	}

	private static boolean isOfPostgreSql(HikariDataSource pool) {
		String type = pool.getDataSourceClassName();
		if (type != null) {
			return type.startsWith(PACKAGE);
		}
		String url = pool.getJdbcUrl();
		String driver = pool.getDriverClassName();
		return url != null && url.startsWith(URL) && (driver == null || driver.startsWith(PACKAGE));
	}

	private static boolean isAwaited(HikariDataSource pool) {
		HikariPoolMXBean state = pool.getHikariPoolMXBean();
		return state != null && state.getThreadsAwaitingConnection() > 0;
	}

}
