package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The tables of a {@link JdbcCacheStore}: in which database and under which names.
 *
 * @param dialect the product
 * @param inProcess whether the database runs in this JVM
 * @param schema the schema, spelled as in the database, or {@code null} for that of the
 * connection
 * @param prefix what the names of the tables begin with
 */
public record JdbcTables(JdbcDialect dialect, boolean inProcess, @Nullable String schema, String prefix) {

	/**
	 * What the names of the tables begin with if nothing else is wanted.
	 */
	public static final String DEFAULT_PREFIX = "modelcache_";

	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");

	/**
	 * Check the names.
	 * @throws IllegalArgumentException if one is not {@linkplain #isName allowed}
	 */
	public JdbcTables {
		requireName(prefix);
		if (schema != null) {
			requireName(schema);
		}
	}

	/**
	 * Tell whether a name needs no quotes in any database: a letter, then up to 39
	 * letters, digits and underscores, all of ASCII.
	 * @param name the name of a schema or the prefix of tables
	 * @return whether it is allowed
	 */
	public static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	/**
	 * Ask a database what it is.
	 * @param dataSource gives connections to it
	 * @param schema the name of a schema in any case, or {@code null} for that of the
	 * connection
	 * @param prefix what the names of the tables begin with
	 * @return the tables, which need not be there yet
	 * @throws SQLException if the database does not answer
	 * @throws UnsupportedDatabaseException if it is not a known one
	 * @throws IllegalArgumentException if a name is not {@linkplain #isName allowed}
	 */
	public static JdbcTables in(DataSource dataSource, @Nullable String schema, String prefix) throws SQLException {
		requireName(prefix);
		try (Connection connection = OwnConnections.of(dataSource).getConnection()) {
			JdbcDialect dialect = JdbcDialect.of(connection);
			boolean inProcess = dialect.isInProcess(String.valueOf(connection.getMetaData().getURL()));
			String found = (schema != null) ? dialect.schema(connection, requireName(schema)) : null;
			return new JdbcTables(dialect, inProcess, found, prefix);
		}
	}

	/**
	 * Check that the tables are there and have the right columns.
	 * @param dataSource gives connections to the database
	 * @throws SQLException if they have not, or the database does not answer
	 */
	public void verify(DataSource dataSource) throws SQLException {
		try (Connection connection = OwnConnections.of(dataSource).getConnection();
				Statement statement = connection.createStatement()) {
			boolean open = !connection.getAutoCommit();
			for (String query : new StoreSql(this).probes()) {
				statement.executeQuery(query).close();
			}
			if (open) {
				connection.rollback();
			}
		}
	}

	/**
	 * Return the name of the table in which a Flyway keeps the history of these tables.
	 * @return the name without the schema
	 */
	public String history() {
		return this.prefix + "flyway_history";
	}

	/**
	 * Return what to run by hand if the tables are no longer as they should be, so that
	 * they can be made anew. All entries are lost.
	 * @return statements for this database, each with a semicolon at its end
	 */
	public String dropStatements() {
		return "DROP TABLE IF EXISTS %s; DROP TABLE IF EXISTS %s; DROP TABLE IF EXISTS %s;".formatted(tag(), entry(),
				qualified(this.dialect.quote(history())));
	}

	String entry() {
		return name("entry");
	}

	String tag() {
		return name("tag");
	}

	private String name(String table) {
		return qualified(this.prefix + table);
	}

	private String qualified(String name) {
		return (this.schema != null) ? this.dialect.quote(this.schema) + "." + name : name;
	}

	private static String requireName(String name) {
		if (!isName(name)) {
			throw new IllegalArgumentException(
					"'%s' is not allowed as a name: it must match %s".formatted(name, NAME.pattern()));
		}
		return name;
	}

}
