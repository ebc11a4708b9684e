package io.modelcache.store.jdbc;

import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables of a store with the scripts that come with it.
 */
public final class TestTables {

	private TestTables() {
	}

	/**
	 * Make the tables.
	 * @param dataSource the database
	 * @param schema the schema, or {@code null} for that of the connection
	 * @param prefix what the names of the tables begin with
	 * @return the tables
	 * @throws SQLException if the database does not answer
	 */
	public static JdbcTables create(DataSource dataSource, @Nullable String schema, String prefix) throws SQLException {
		JdbcTables tables = JdbcTables.in(dataSource, schema, prefix);
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(dataSource)
			.locations(tables.dialect().scripts())
			.placeholders(Map.of("prefix", prefix))
			.table(prefix + "flyway_history")
			.baselineOnMigrate(true)
			.baselineVersion("0");
		if (tables.schema() != null) {
			configuration.defaultSchema(tables.schema());
		}
		configuration.load().migrate();
		return tables;
	}

}
