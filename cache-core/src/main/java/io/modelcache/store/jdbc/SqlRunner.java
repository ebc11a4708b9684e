package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Runs work on a connection of its own, which it gives back as it was.
 */
final class SqlRunner {

	/**
	 * How often a transaction is tried that the database undoes because of another one,
	 * as databases ask of whoever uses them.
	 */
	private static final int TRIES = 5;

	private final DataSource dataSource;

	private final JdbcTables tables;

	private final Map<Thread, Connection> underWay = new ConcurrentHashMap<>();

	SqlRunner(DataSource dataSource, JdbcTables tables) {
		this.dataSource = OwnConnections.of(dataSource);
		this.tables = tables;
	}

	/**
	 * Run one statement.
	 * @throws JdbcStoreException if it fails
	 */
	<T> T once(Work<T> work) {
		return repeat((connection) -> commitUnlessAutomatic(connection, work));
	}

	/**
	 * Run several statements that take effect together or not at all.
	 * @throws JdbcStoreException if one fails
	 */
	<T> T together(Work<T> work) {
		return repeat((connection) -> {
			boolean automatic = connection.getAutoCommit();
			if (!automatic) {
				return commitUnlessAutomatic(connection, work);
			}
			connection.setAutoCommit(false);
			try {
				return commitUnlessAutomatic(connection, work);
			}
			finally {
				quietly(() -> connection.setAutoCommit(true));
			}
		});
	}

	/**
	 * Close the connection on which a thread works, if it does. It is not given back
	 * meanwhile.
	 */
	void abort(Thread thread) {
		this.underWay.computeIfPresent(thread, (same, connection) -> {
			quietly(() -> connection.abort(Runnable::run));
			return null;
		});
	}

	private <T> T repeat(Work<T> work) {
		for (int tries = 1;; tries++) {
			try (Connection connection = this.dataSource.getConnection()) {
				return run(connection, work);
			}
			catch (SQLException ex) {
				if (tries == TRIES || !JdbcStoreException.isUndone(ex)) {
					throw new JdbcStoreException(this.tables, ex);
				}
			}
		}
	}

	private <T> T run(Connection connection, Work<T> work) throws SQLException {
		Thread thread = Thread.currentThread();
		this.underWay.put(thread, connection);
		try {
			return work.on(connection);
		}
		finally {
			this.underWay.remove(thread);
		}
	}

	private <T> T commitUnlessAutomatic(Connection connection, Work<T> work) throws SQLException {
		if (connection.getAutoCommit()) {
			return work.on(connection);
		}
		boolean done = false;
		try {
			beforeWrite(connection);
			T result = work.on(connection);
			connection.commit();
			done = true;
			return result;
		}
		finally {
			if (!done) {
				quietly(connection::rollback);
			}
		}
	}

	private void beforeWrite(Connection connection) throws SQLException {
		String sql = this.tables.dialect().beforeWrite();
		if (sql != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		}
	}

	private static void quietly(CleanUp cleanUp) {
		try {
			cleanUp.run();
		}
		catch (SQLException ex) {
			// the connection is lost, and what has failed before says why
		}
	}

	/**
	 * Something to do with a connection.
	 *
	 * @param <T> the type of the result
	 */
	interface Work<T extends @Nullable Object> {

		T on(Connection connection) throws SQLException;

	}

	/**
	 * Something to do at the end, whether the connection still works or not.
	 */
	private interface CleanUp {

		void run() throws SQLException;

	}

}
