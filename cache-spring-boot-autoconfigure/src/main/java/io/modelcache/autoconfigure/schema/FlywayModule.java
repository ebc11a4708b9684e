package io.modelcache.autoconfigure.schema;

import io.modelcache.store.jdbc.JdbcDialect;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The part of Flyway that knows a database.
 */
enum FlywayModule {

	/**
	 * Flyway itself.
	 */
	CORE("flyway-core", "org.flywaydb.core.Flyway"),

	/**
	 * For PostgreSQL.
	 */
	POSTGRESQL("flyway-database-postgresql", "org.flywaydb.database.postgresql.PostgreSQLDatabaseType"),

	/**
	 * For MariaDB and MySQL.
	 */
	MYSQL("flyway-mysql", "org.flywaydb.database.mysql.MySQLDatabaseType");

	private final String artifactId;

	private final String type;

	FlywayModule(String artifactId, String type) {
		this.artifactId = artifactId;
		this.type = type;
	}

	static FlywayModule of(JdbcDialect dialect) {
		return switch (dialect) {
			case H2, SQLITE -> CORE;
			case POSTGRESQL -> POSTGRESQL;
			case MARIADB, MYSQL -> MYSQL;
		};
	}

	void require(@Nullable ClassLoader classLoader) {
		if (!ClassUtils.isPresent(this.type, classLoader)) {
			throw new SchemaException(
					"The tables of the cache are to be made by Flyway, but %s is not on the class path."
						.formatted(this.artifactId),
					"""
							Add this dependency:

							<dependency>
							    <groupId>org.flywaydb</groupId>
							    <artifactId>%s</artifactId>
							</dependency>

							Or run the script in docs/jdbc.md by hand and set modelcache.jdbc.migration=validate."""
						.formatted(this.artifactId),
					null);
		}
	}

}
