package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A database product that {@link JdbcCacheStore} knows, and what is different about it.
 */
public enum JdbcDialect {

	/**
	 * H2, in this JVM or as a server.
	 */
	H2("H2") {

		/**
		 * In UTC, for DATEDIFF does not mind the offsets of times. EXTRACT(EPOCH) does,
		 * and doubles the time of a read.
		 */
		@Override
		String now() {
			return "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', CURRENT_TIMESTAMP AT TIME ZONE 'UTC')";
		}

		@Override
		String upsert(String table, List<String> columns, String values) {
			return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)".formatted(table, String.join(", ", columns),
					columns.get(0), values);
		}

		@Override
		boolean isInProcess(String url) {
			return !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
		}

	},

	/**
	 * SQLite.
	 */
	SQLITE("SQLite") {

		@Override
		String now() {
			return "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER)";
		}

		@Override
		boolean isInProcess(String url) {
			return true;
		}

		@Override
		boolean isPreparingSlow() {
			return true;
		}

		@Override
		@Nullable String schema(Connection connection, String configured) {
			throw new IllegalArgumentException(
					"SQLite has no schemas, so the schema '%s' cannot be used".formatted(configured));
		}

	},

	/**
	 * PostgreSQL.
	 */
	POSTGRESQL("PostgreSQL") {

		@Override
		String now() {
			return "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)";
		}

		@Override
		String purge(String table, int limit) {
			return "DELETE FROM %1$s WHERE fingerprint IN (SELECT fingerprint FROM %1$s WHERE keep_until <= %2$s ORDER BY keep_until LIMIT %3$d FOR UPDATE SKIP LOCKED)"
				.formatted(table, now(), limit);
		}

		@Override
		boolean abortsAtOnce() {
			return true;
		}

		@Override
		String contains(int words) {
			return "question_words @@ plainto_tsquery('simple', ?)";
		}

		@Override
		List<String> patterns(List<String> words) {
			return List.of(String.join(" ", words));
		}

	},

	/**
	 * MariaDB.
	 */
	MARIADB("MariaDB") {

		@Override
		String now() {
			return UTC_MILLIS;
		}

		@Override
		String upsert(String table, List<String> columns, String values) {
			return onDuplicateKey(table, columns, values);
		}

		@Override
		String purge(String table, int limit) {
			return deleteInOrder(table, limit);
		}

		@Override
		@Nullable String beforeWrite() {
			return READ_COMMITTED;
		}

		@Override
		@Nullable String schema(Connection connection, String configured) throws SQLException {
			return catalog(connection, configured);
		}

	},

	/**
	 * MySQL.
	 */
	MYSQL("MySQL") {

		@Override
		String now() {
			return UTC_MILLIS;
		}

		@Override
		String upsert(String table, List<String> columns, String values) {
			return onDuplicateKey(table, columns, values);
		}

		@Override
		String purge(String table, int limit) {
			return deleteInOrder(table, limit);
		}

		@Override
		@Nullable String beforeWrite() {
			return READ_COMMITTED;
		}

		@Override
		@Nullable String schema(Connection connection, String configured) throws SQLException {
			return catalog(connection, configured);
		}

	};

	/**
	 * Unlike UNIX_TIMESTAMP(), not ambiguous when summer time ends.
	 */
	private static final String UTC_MILLIS = "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)";

	/**
	 * For one transaction. By default a deletion of nothing locks a gap, and two of them
	 * a deadlock.
	 */
	private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

	private final String product;

	JdbcDialect(String product) {
		this.product = product;
	}

	/**
	 * Ask a database what it is.
	 * @param connection a connection to it
	 * @return its dialect
	 * @throws SQLException if it does not answer
	 * @throws UnsupportedDatabaseException if it is another one than these
	 */
	public static JdbcDialect of(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = String.valueOf(metaData.getDatabaseProductName());
		String version = String.valueOf(metaData.getDatabaseProductVersion());
		if (product.equals(MYSQL.product) && version.contains(MARIADB.product)) {
			return MARIADB;
		}
		for (JdbcDialect dialect : values()) {
			if (dialect.product.equals(product)) {
				return dialect;
			}
		}
		throw new UnsupportedDatabaseException(product);
	}

	/**
	 * Return where the scripts are that make the tables, as Flyway wants it.
	 * @return a location on the class path
	 */
	public String scripts() {
		return "classpath:io/modelcache/store/jdbc/" + name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the name of the product.
	 * @return the name as its vendor writes it
	 */
	@Override
	public String toString() {
		return this.product;
	}

	/**
	 * Return the time of the database, in milliseconds, the same throughout a statement.
	 */
	abstract String now();

	/**
	 * Insert a row or, if there is one with the same first column, replace it.
	 */
	String upsert(String table, List<String> columns, String values) {
		List<String> others = columns.subList(1, columns.size());
		return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s".formatted(table,
				String.join(", ", columns), values, columns.get(0),
				String.join(", ", others.stream().map((column) -> column + " = excluded." + column).toList()));
	}

	/**
	 * Delete some of the rows whose time is over, the oldest first.
	 */
	String purge(String table, int limit) {
		return "DELETE FROM %1$s WHERE keep_until <= %2$s AND fingerprint IN (SELECT fingerprint FROM %1$s WHERE keep_until <= %2$s ORDER BY keep_until LIMIT %3$d)"
			.formatted(table, now(), limit);
	}

	/**
	 * Find questions that contain all of these words.
	 */
	String contains(int words) {
		return String.join(" AND ", Collections.nCopies(words, "LOWER(question) LIKE LOWER(?) ESCAPE '!'"));
	}

	/**
	 * Return the parameters of {@link #contains}.
	 */
	List<String> patterns(List<String> words) {
		return words.stream().map((word) -> "%" + word.replaceAll("[!%_]", "!$0") + "%").toList();
	}

	/**
	 * Return what comes first in a transaction that writes, if anything.
	 */
	@Nullable String beforeWrite() {
		return null;
	}

	/**
	 * Tell whether the database runs in this JVM.
	 */
	boolean isInProcess(String url) {
		return false;
	}

	/**
	 * Tell whether preparing a statement takes as long as running it, because neither the
	 * database nor its driver remembers those it has seen.
	 */
	boolean isPreparingSlow() {
		return false;
	}

	/**
	 * Tell whether {@link Connection#abort} is known to end a statement of another thread
	 * at once, even if the server hangs. The driver of MariaDB first asks the server over
	 * a second connection to end it.
	 */
	boolean abortsAtOnce() {
		return false;
	}

	/**
	 * Write a name such that it is taken as it is.
	 */
	String quote(String name) {
		return (this == MARIADB || this == MYSQL) ? "`" + name + "`" : "\"" + name + "\"";
	}

	/**
	 * Find a schema, whatever its case, or else spell it as the database would.
	 */
	@Nullable String schema(Connection connection, String configured) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String folded = metaData.storesUpperCaseIdentifiers() ? configured.toUpperCase(Locale.ROOT) : configured;
		return SchemaNames.find(metaData.getSchemas(), "TABLE_SCHEM", configured, folded);
	}

	private static String catalog(Connection connection, String configured) throws SQLException {
		return SchemaNames.find(connection.getMetaData().getCatalogs(), "TABLE_CAT", configured, configured);
	}

	private static String onDuplicateKey(String table, List<String> columns, String values) {
		List<String> others = columns.subList(1, columns.size());
		return "INSERT INTO %s (%s) VALUES (%s) ON DUPLICATE KEY UPDATE %s".formatted(table, String.join(", ", columns),
				values,
				String.join(", ", others.stream().map((column) -> "%1$s = VALUES(%1$s)".formatted(column)).toList()));
	}

	private static String deleteInOrder(String table, int limit) {
		return "DELETE FROM %s WHERE keep_until <= %s ORDER BY keep_until LIMIT %d".formatted(table, UTC_MILLIS, limit);
	}

}
