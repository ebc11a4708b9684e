package io.modelcache.store.jdbc;

import io.modelcache.testing.MariaDbServer;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

/**
 * Tests for {@link JdbcCacheStore} on real servers.
 */
class JdbcCacheStoreIT {

	@Nested
	class PostgreSql extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return PostgreSqlServer.createDatabase();
		}

	}

	@Nested
	class PostgreSqlInASchemaUnderAnotherPrefix extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return PostgreSqlServer.createDatabase();
		}

		@Override
		String schema() {
			return "Answers";
		}

		@Override
		String prefix() {
			return "X_";
		}

	}

	@Nested
	class MariaDb extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return MariaDbServer.createDatabase();
		}

	}

}
