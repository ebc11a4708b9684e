package io.modelcache.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the database fails.
 * <p>
 * A driver may quote values in what it says of wrong data, so in that case only the codes
 * are passed on; otherwise the driver's exception is the cause.
 */
public final class JdbcStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final Set<String> ABOUT_VALUES = Set.of("21", "22", "23", "44");

	private static final Set<String> DISCONNECTED = Set.of("08", "57");

	private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

	JdbcStoreException(JdbcTables tables, SQLException failure) {
		super(message(tables, failure), isAboutValues(failure) ? null : failure);
	}

	/**
	 * Tell whether the connection is lost, so that the next call will fail too.
	 * @return whether it is
	 */
	public boolean isDisconnected() {
		return getCause() instanceof SQLException failure && (failure instanceof SQLTransientConnectionException
				|| failure instanceof SQLRecoverableException || failure instanceof SQLNonTransientConnectionException
				|| DISCONNECTED.contains(String.valueOf(sqlClass(failure))));
	}

	private static String message(JdbcTables tables, SQLException failure) {
		String state = failure.getSQLState();
		boolean sqlite = tables.dialect() == JdbcDialect.SQLITE
				&& String.valueOf(failure.getMessage()).contains("no such table");
		if (sqlite || (state != null && NO_TABLE.contains(state))) {
			return "%s has no table %s or %s, or it may not be seen (SQLSTATE %s). Run what follows and start the application again to have both made anew, or run the script by hand after it: %s"
				.formatted(tables.dialect(), tables.entry(), tables.tag(), state, tables.dropStatements());
		}
		String codes = "%s failed with SQLSTATE %s, code %d".formatted(tables.dialect(), state, failure.getErrorCode());
		return isAboutValues(failure) ? codes : codes + ": " + failure.getMessage();
	}

	private static boolean isAboutValues(SQLException failure) {
		for (SQLException next = failure; next != null; next = next.getNextException()) {
			String sqlClass = sqlClass(next);
			if (sqlClass != null && ABOUT_VALUES.contains(sqlClass)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tell whether the database has undone a transaction because of another one, so that
	 * it is to be done again.
	 */
	static boolean isUndone(SQLException failure) {
		for (SQLException next = failure; next != null; next = next.getNextException()) {
			if ("40".equals(sqlClass(next))) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable String sqlClass(SQLException failure) {
		String state = failure.getSQLState();
		return (state != null && state.length() == 5) ? state.substring(0, 2) : null;
	}

}
