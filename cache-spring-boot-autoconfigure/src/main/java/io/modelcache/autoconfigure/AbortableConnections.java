package io.modelcache.autoconfigure;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

import javax.sql.DataSource;

/**
 * The connections of another data source for one piece of work, which can be aborted
 * while a thread waits for the database, and which all go back at the end: Flyway keeps
 * one when it fails. Safe for use by several threads.
 */
final class AbortableConnections implements DataSource, AutoCloseable {

	private static final String LOST = "08006";

	private final DataSource target;

	private final List<Connection> given = new ArrayList<>();

	private boolean aborted;

	AbortableConnections(DataSource target) {
		this.target = target;
	}

	/**
	 * Close all connections that are in use, so that whoever waits fails, and give no
	 * more.
	 */
	synchronized void abort() {
		this.aborted = true;
		this.given.forEach(AbortableConnections::abort);
	}

	/**
	 * Give back what was not given back.
	 */
	@Override
	public synchronized void close() {
		this.given.forEach((connection) -> quietly(connection::close));
		this.given.clear();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return remember(this.target.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return remember(this.target.getConnection(username, password));
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return this.target.getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		this.target.setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.target.setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.target.getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return this.target.getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : this.target.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || this.target.isWrapperFor(type);
	}

	private synchronized Connection remember(Connection connection) throws SQLException {
		if (this.aborted) {
			abort(connection);
			throw new SQLException("The database takes too long", LOST);
		}
		this.given.add(connection);
		return connection;
	}

	private static void abort(Connection connection) {
		quietly(() -> {
			if (!connection.isClosed()) {
				connection.abort(Runnable::run);
			}
		});
	}

	private static void quietly(Ending ending) {
		try {
			ending.end();
		}
		catch (SQLException ex) {
			// the connection is lost already
		}
	}

	/**
	 * The end of a connection.
	 */
	private interface Ending {

		void end() throws SQLException;

	}

}
