package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A data source that gives the same connection again and again, and leaves its state to
 * whoever uses it.
 */
final class SingleConnection extends AbstractDataSource implements AutoCloseable {

	private final Connection connection;

	private final SingleConnectionDataSource shared;

	SingleConnection(Connection connection) {
		this.connection = connection;
		this.shared = new SingleConnectionDataSource(connection, true);
	}

	Connection connection() {
		return this.connection;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.shared.getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
