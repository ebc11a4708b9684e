package io.modelcache.store.jdbc;

import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

/**
 * Tests for {@link JdbcCacheStore} on the databases that run in this JVM.
 */
class JdbcCacheStoreTests {

	@Nested
	class H2InMemory extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory("");
		}

	}

	@Nested
	class H2LikePostgreSql extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory(";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
		}

	}

	@Nested
	class H2LikeMySql extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory(";MODE=MySQL");
		}

	}

	@Nested
	class H2 extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2(this.directory);
		}

	}

	@Nested
	class SQLite extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.sqlite(this.directory);
		}

	}

	@Nested
	class InASchemaUnderAnotherPrefix extends JdbcStoreContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory("");
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

}
