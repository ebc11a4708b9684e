package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

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

	private final @Nullable LingeringConnection lingering;

	private final Map<Thread, Connection> underWay = new ConcurrentHashMap<>();

	SqlRunner(DataSource dataSource, JdbcTables tables, @Nullable LingeringConnection lingering) {
		this.dataSource = OwnConnections.of(dataSource);
		this.tables = tables;
		this.lingering = lingering;
	}

	/**
	 * Run one statement.
	 * @throws JdbcStoreException if it fails
	 */
	<T> T once(Work<T> work) {
		return once(work, (result) -> false);
	}

	/**
	 * Run one statement that reads.
	 * @param hit whether the result is a hit, after which the connection may stay for a
	 * moment
	 * @throws JdbcStoreException if it fails
	 */
	<T> T once(Work<T> work, Predicate<T> hit) {
		return repeat((connection) -> commitUnlessAutomatic(connection, work), hit);
	}

	/**
	 * Run one statement that reads on a connection that has stayed, if there is one.
	 * @return the result, or {@code null} if there is none or the database has undone the
	 * transaction because of another one
	 * @throws JdbcStoreException if it fails
	 * @throws TimeoutException if it did not end in time
	 */
	<T> @Nullable T onceWithin(Duration timeout, Work<T> work, Predicate<T> hit) throws TimeoutException {
		if (this.lingering == null) {
			return null;
		}
		try {
			return this.lingering.read(timeout, (connection) -> commitUnlessAutomatic(connection, work), hit);
		}
		catch (SQLException ex) {
			if (JdbcStoreException.isUndone(ex)) {
				return null;
			}
			throw new JdbcStoreException(this.tables, ex);
		}
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
		}, (result) -> false);
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

	/**
	 * A thread that is interrupted works as if it were not, and is interrupted after
	 * that: H2 closes the whole database for all if such a thread reads its file, and a
	 * virtual thread its socket.
	 */
	private <T> T repeat(Work<T> work, Predicate<T> hit) {
		boolean interrupted = Thread.interrupted();
		try {
			return repeatUninterrupted(work, hit);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private <T> T repeatUninterrupted(Work<T> work, Predicate<T> hit) {
		for (int tries = 1;; tries++) {
			try {
				return run(this.dataSource.getConnection(), work, hit);
			}
			catch (SQLException ex) {
				if (tries == TRIES || !JdbcStoreException.isUndone(ex)) {
					throw new JdbcStoreException(this.tables, ex);
				}
			}
		}
	}

	private <T> T run(Connection connection, Work<T> work, Predicate<T> hit) throws SQLException {
		try (Loan loan = new Loan(connection)) {
			T result = run(connection, work);
			loan.stays = this.lingering != null && hit.test(result) && this.lingering.keep(connection);
			return result;
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

	/**
	 * Do something with a connection that may be lost, or that cannot do it.
	 */
	static void quietly(CleanUp cleanUp) {
		try {
			cleanUp.run();
		}
		catch (SQLException | RuntimeException | LinkageError ex) {
			// the connection is lost, and what fails besides says why
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
	interface CleanUp {

		void run() throws SQLException;

	}

	/**
	 * A connection of the pool, which goes back unless it stays.
	 */
	private static final class Loan implements AutoCloseable {

		private final Connection connection;

		private boolean stays;

		Loan(Connection connection) {
			this.connection = connection;
		}

		@Override
		public void close() throws SQLException {
			if (!this.stays) {
				this.connection.close();
			}
		}

	}

}
