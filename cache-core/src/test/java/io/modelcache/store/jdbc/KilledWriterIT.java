package io.modelcache.store.jdbc;

import io.modelcache.testing.MariaDbServer;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests that a process that is killed while it writes leaves whole entries in every
 * database.
 */
class KilledWriterIT {

	@Nested
	class H2 extends KilledWriterContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2(this.directory);
		}

		/**
		 * H2 writes into its file every half second.
		 */
		@Override
		int longestLife() {
			return 1200;
		}

		/**
		 * Now and then a transaction that was cut off keeps its locks in the file.
		 */
		@Override
		int refusals() {
			return 25;
		}

		/**
		 * Of a transaction that was cut off, H2 now and then keeps a row: a few more or
		 * less of them in all.
		 */
		@Override
		void checkTags(int rows, int said) {
			assertThat(rows).isCloseTo(said, within(10));
		}

		/**
		 * A pool that is closed may be opening a connection at that moment.
		 */
		@Override
		void letGo(JdbcTemplate template) {
			template.execute("SHUTDOWN");
		}

	}

	@Nested
	class SQLite extends KilledWriterContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.sqlite(this.directory);
		}

	}

	@Nested
	class PostgreSql extends KilledWriterContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return PostgreSqlServer.createDatabase();
		}

	}

	@Nested
	class MariaDb extends KilledWriterContract {

		@Override
		TestDatabase createDatabase() throws Exception {
			return MariaDbServer.createDatabase();
		}

	}

}
