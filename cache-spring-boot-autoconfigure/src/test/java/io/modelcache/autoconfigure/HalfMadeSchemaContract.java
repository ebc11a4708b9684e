package io.modelcache.autoconfigure;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that tables are made where a database does not undo their making, and an earlier
 * start was killed or failed between the two.
 */
abstract class HalfMadeSchemaContract extends SchemaContract {

	private static final String[] SCRIPTS = { NO_FLYWAY, NO_LIQUIBASE, CACHE };

	abstract String quote(String name);

	@Test
	void aStartThatWasKilledBetweenTheTablesIsMadeGood() throws SQLException {
		start(SCRIPTS);
		execute("DROP TABLE modelcache_tag",
				"DELETE FROM %s WHERE %s = '1'".formatted(quote("modelcache_flyway_history"), quote("version")));
		start(SCRIPTS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DROP TABLE modelcache_tag", "DROP TABLE modelcache_tag, modelcache_entry" })
	void aStartThatFailedIsMadeGood(String loss) throws SQLException {
		start(SCRIPTS);
		execute(loss, "UPDATE %s SET %s = FALSE WHERE %s = '1'".formatted(quote("modelcache_flyway_history"),
				quote("success"), quote("version")));
		start(SCRIPTS);
	}

}
