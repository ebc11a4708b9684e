package io.modelcache.autoconfigure;

import java.nio.file.Path;

import io.modelcache.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for our tables in databases that run in this JVM.
 */
class SchemaTests {

	@TempDir
	static Path directory;

	@Test
	void instancesThatStartAtOnceInASchemaThatIsEmptyAllStart() throws Exception {
		assertThat(SchemaRace.failures(TestDatabase.h2InMemory(""), 40)).isEmpty();
	}

	@Nested
	class H2 extends HalfMadeSchemaContract {

		@Override
		TestDatabase createDatabase() {
			return TestDatabase.h2InMemory("");
		}

		@Override
		String quote(String name) {
			return '"' + name + '"';
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
