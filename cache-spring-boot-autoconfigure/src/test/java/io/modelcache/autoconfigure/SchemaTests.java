package io.modelcache.autoconfigure;

import java.nio.file.Path;

import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests for our tables in databases that run in this JVM.
 */
class SchemaTests {

	@TempDir
	static Path directory;

	@Nested
	class H2 extends SchemaContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory("");
		}

	}

	@Nested
	class SQLite extends SchemaContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.sqlite(directory);
		}

	}

}
