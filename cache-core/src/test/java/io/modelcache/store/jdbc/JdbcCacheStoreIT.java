package io.modelcache.store.jdbc;

import java.sql.SQLException;

import io.modelcache.store.StoredEntry;
import io.modelcache.testing.MariaDbServer;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

		@Test
		void nothingOfAnEntryIsInTheFailureOfItsStorage() throws SQLException {
			execute("ALTER TABLE modelcache_entry ADD CONSTRAINT no_canary CHECK (bean <> 'canary')");
			StoredEntry entry = entry("a").bean("canary").question("canary").build();
			assertThatExceptionOfType(JdbcStoreException.class).isThrownBy(() -> put(entry))
				.withMessageContaining("SQLSTATE 23514")
				.withNoCause()
				.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("canary"));
			execute("ALTER TABLE modelcache_entry DROP CONSTRAINT no_canary");
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
