package io.modelcache.store.jdbc;

import java.util.List;

import io.modelcache.testing.MariaDbServer;
import io.modelcache.testing.PostgreSqlServer;
import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.springframework.jdbc.core.JdbcTemplate;

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
		 * H2 writes its tables into the file one after the other, in the midst of
		 * transactions: what the second table says of an entry may be older or younger
		 * than the entry. Only entries are whole.
		 */
		@Override
		void checkTags(List<String> rows, List<String> said) {
		}

		/**
		 * A pool that is closed may be opening a connection at that moment.
		 */
		@Override
		void letGo(JdbcTemplate template) {
			template.execute("SHUTDOWN");
		}

	}

	/**
	 * Writes with every transaction.
	 */
	@Nested
	class H2WithoutWriteDelay extends KilledWriterContract {

		@Override
		TestDatabase createDatabase() {
			TestDatabase database = TestDatabase.h2(this.directory);
			return new TestDatabase(database.url() + ";WRITE_DELAY=0", database.username(), database.password());
		}

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
