package io.modelcache.autoconfigure.schema;

import java.util.Arrays;
import java.util.Map;

import javax.sql.DataSource;

import io.modelcache.store.jdbc.JdbcTables;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Runs our scripts by a Flyway of our own, which shares nothing with that of the
 * application: not the bean, not the scripts, not the history.
 */
final class FlywayRun {

	private FlywayRun() {
	}

	/**
	 * Make the tables, also if that was begun before and failed.
	 */
	static void migrate(DataSource dataSource, JdbcTables tables, @Nullable ClassLoader classLoader) {
		FluentConfiguration configuration = new FluentConfiguration(classLoader).dataSource(dataSource)
			.locations(tables.dialect().scripts())
			.placeholders(Map.of("prefix", tables.prefix()))
			.table(tables.history())
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.baselineDescription("tables of the application");
		if (tables.schema() != null) {
			configuration.defaultSchema(tables.schema());
		}
		Flyway flyway = configuration.load();
		if (hasFailed(flyway)) {
			flyway.repair();
		}
		flyway.migrate();
	}

	/**
	 * A database that cannot undo the making of a table remembers a script that failed.
	 * All of ours can be run again.
	 */
	private static boolean hasFailed(Flyway flyway) {
		return Arrays.stream(flyway.info().all()).anyMatch((script) -> script.getState() == MigrationState.FAILED);
	}

}
