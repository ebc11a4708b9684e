package io.modelcache.autoconfigure.schema;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

import javax.sql.DataSource;

import io.modelcache.store.jdbc.JdbcTables;
import io.modelcache.store.jdbc.UnsupportedDatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the store in a database needs, made or looked at before it is used.
 *
 * @param name the schema, or {@code null} for that of the connection
 * @param tablePrefix what the names of the tables begin with
 * @param migration who makes them
 * @param classLoader where Flyway is
 */
public record Schema(@Nullable String name, String tablePrefix, Migration migration,
		@Nullable ClassLoader classLoader) {

	/**
	 * What a database answers that does not let anybody in or does not know the database:
	 * to try again later does not help.
	 */
	private static final Set<String> REFUSED = Set.of("28", "3D");

	private static final Set<String> LOST = Set.of("08", "53", "57", "58");

	/**
	 * How often Flyway is run, which fails now and then if another instance makes the
	 * same tables in a schema that is empty.
	 */
	private static final int TRIES = 4;

	private static final Duration PAUSE = Duration.ofMillis(200);

	/**
	 * Make or look at the tables, as often as one likes.
	 * @param dataSource gives connections to the database
	 * @param connected is told as soon as the database has answered
	 * @return the tables
	 * @throws SchemaException if the database answers but the tables cannot be used
	 * @throws SQLException if the database does not answer
	 */
	public JdbcTables prepare(DataSource dataSource, Runnable connected) throws SQLException {
		JdbcTables tables = find(dataSource);
		connected.run();
		switch (this.migration) {
			case FLYWAY -> migrate(dataSource, tables);
			case VALIDATE -> validate(dataSource, tables);
			case NONE -> {
			}
		}
		return tables;
	}

	private JdbcTables find(DataSource dataSource) throws SQLException {
		try {
			return JdbcTables.in(dataSource, this.name, this.tablePrefix);
		}
		catch (UnsupportedDatabaseException | IllegalArgumentException ex) {
			throw new SchemaException(ex.getMessage() + ".",
					"Let modelcache.jdbc.data-source or modelcache.jdbc.url name another database, without modelcache.jdbc.schema if it has none, or set modelcache.provider to caffeine.",
					ex);
		}
		catch (SQLException | RuntimeException ex) {
			SQLException failure = sqlFailure(ex);
			if (failure == null) {
				throw new SQLException("The pool gave no connection", ex);
			}
			if (is(REFUSED, failure)) {
				throw new SchemaException("The database of the cache refuses the connection: " + failure.getMessage(),
						"Correct the user, the password and the name of the database: modelcache.jdbc.username and .password if modelcache.jdbc.url is set, else those of the data source.",
						ex);
			}
			throw failure;
		}
	}

	private void migrate(DataSource dataSource, JdbcTables tables) throws SQLException {
		FlywayModule.of(tables.dialect()).require(this.classLoader);
		for (int tries = 1;; tries++) {
			try {
				FlywayRun.migrate(dataSource, tables, this.classLoader);
				break;
			}
			catch (RuntimeException ex) {
				if (tries == TRIES || !isWorthAnotherTry(ex)) {
					throw unmigrated(tables, ex);
				}
				pause(PAUSE.multipliedBy(tries));
			}
		}
		look(dataSource, tables, (ex) -> new SchemaException(
				"Flyway has made the tables of the cache in %s, but they are no longer as they should be: %s\nTo have them made anew, remove the rest of them and Flyway's history: %s"
					.formatted(tables.dialect(), ex.getMessage(), tables.dropStatements()),
				"Run these statements, then start again.", ex));
	}

	/**
	 * Tell whether another instance may have been in the way, which made the tables at
	 * the same time.
	 */
	private static boolean isWorthAnotherTry(RuntimeException failure) {
		SQLException sql = sqlFailure(failure);
		return sql == null || !isConnectionLost(sql);
	}

	private static void pause(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static SchemaException unmigrated(JdbcTables tables, RuntimeException ex) throws SQLException {
		SQLException failure = sqlFailure(ex);
		if (failure != null && is(LOST, failure)) {
			throw failure;
		}
		return new SchemaException(
				"Flyway cannot make the tables of the cache in %s: %s".formatted(tables.dialect(),
						(failure != null) ? failure.getMessage() : ex.getMessage()),
				"""
						Let the user create tables%s, or have the script run by somebody who may and set modelcache.jdbc.migration=validate.
						The script is in cache-core.jar under %s and in docs/jdbc.md; write %s where it says ${prefix}."""
					.formatted((tables.schema() != null) ? " in the schema " + tables.schema() : "",
							tables.dialect().scripts().replace("classpath:", ""), tables.prefix()),
				ex);
	}

	private static void validate(DataSource dataSource, JdbcTables tables) throws SQLException {
		look(dataSource, tables, (ex) -> new SchemaException(
				"modelcache.jdbc.migration is set to validate, but the tables of the cache are not there as they should be: "
						+ ex.getMessage(),
				"Run the script in cache-core.jar under %s, which is also in docs/jdbc.md, with %s where it says ${prefix}. Or set modelcache.jdbc.migration=flyway."
					.formatted(tables.dialect().scripts().replace("classpath:", ""), tables.prefix()),
				ex));
	}

	private static void look(DataSource dataSource, JdbcTables tables, Function<SQLException, SchemaException> problem)
			throws SQLException {
		try {
			tables.verify(dataSource);
		}
		catch (SQLException ex) {
			if (isConnectionLost(ex)) {
				throw ex;
			}
			throw problem.apply(ex);
		}
	}

	private static boolean isConnectionLost(SQLException failure) {
		return is(LOST, failure) || failure instanceof SQLTransientConnectionException;
	}

	private static boolean is(Set<String> classes, SQLException failure) {
		String state = failure.getSQLState();
		return state != null && state.length() == 5 && classes.contains(state.substring(0, 2));
	}

	private static @Nullable SQLException sqlFailure(Throwable failure) {
		SQLException found = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			found = (cause instanceof SQLException sql) ? sql : found;
		}
		return found;
	}

}
