package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One statement that is prepared once for each connection of a pool, for databases whose
 * driver does not do that itself.
 * <p>
 * It belongs to the connection beneath that of the pool, which would close it, and ends
 * with it. Safe for use by several threads, each with a connection of its own.
 */
final class KeptStatement {

	private final String sql;

	private final Map<Connection, PreparedStatement> prepared = new ConcurrentHashMap<>();

	KeptStatement(String sql) {
		this.sql = sql;
	}

	/**
	 * Do something with the statement, which is kept unless that fails.
	 */
	<T> T use(Connection pooled, Use<T> use) throws SQLException {
		Connection connection = pooled.unwrap(Connection.class);
		PreparedStatement statement = this.prepared.get(connection);
		if (statement == null) {
			statement = prepare(connection);
		}
		boolean done = false;
		try {
			T result = use.of(statement);
			done = true;
			return result;
		}
		finally {
			if (!done) {
				this.prepared.remove(connection);
				statement.close();
			}
		}
	}

	private PreparedStatement prepare(Connection connection) throws SQLException {
		for (Connection other : List.copyOf(this.prepared.keySet())) {
			if (other.isClosed()) {
				this.prepared.remove(other);
			}
		}
		PreparedStatement statement = connection.prepareStatement(this.sql);
		this.prepared.put(connection, statement);
		return statement;
	}

	/**
	 * What is done with a statement.
	 *
	 * @param <T> the type of the result
	 */
	interface Use<T> {

		T of(PreparedStatement statement) throws SQLException;

	}

}
