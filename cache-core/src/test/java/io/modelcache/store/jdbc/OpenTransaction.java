package io.modelcache.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A data source of one connection that seems to commit every statement, but commits none
 * until it is closed, which undoes them.
 */
final class OpenTransaction extends AbstractDataSource implements AutoCloseable {

	private final Connection connection;

	OpenTransaction(Connection connection) throws SQLException {
		this.connection = connection;
		connection.setAutoCommit(false);
	}

	@Override
	public Connection getConnection() {
		return (Connection) Proxy.newProxyInstance(OpenTransaction.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "getAutoCommit" -> true;
					case "close" -> null;
					default -> {
						try {
							yield method.invoke(this.connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					}
				});
	}

	@Override
	public Connection getConnection(String username, String password) {
		return getConnection();
	}

	@Override
	public void close() throws SQLException {
		try (Connection closed = this.connection) {
			closed.rollback();
			closed.setAutoCommit(true);
		}
	}

}
