package io.modelcache.autoconfigure.schema;

import java.util.Map;

import javax.sql.DataSource;

import io.modelcache.store.jdbc.JdbcTables;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Runs our scripts by a Flyway of our own, which shares nothing with that of the
 * application: not the bean, not the scripts, not the history.
 */
final class FlywayRun {

	private FlywayRun() {
	}

	static void migrate(DataSource dataSource, JdbcTables tables, @Nullable ClassLoader classLoader) {
		FluentConfiguration configuration = new FluentConfiguration(classLoader).dataSource(dataSource)
			.locations(tables.dialect().scripts())
			.placeholders(Map.of("prefix", tables.prefix()))
			.table(tables.prefix() + "flyway_history")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.baselineDescription("tables of the application");
		if (tables.schema() != null) {
			configuration.defaultSchema(tables.schema());
		}
		configuration.load().migrate();
	}

}
