package io.modelcache.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the scripts are where people look for them.
 */
class ScriptsTests {

	@ParameterizedTest
	@EnumSource
	void whoRunsAScriptByHandFindsItInTheDocs(JdbcDialect dialect) throws IOException {
		String docs = Files.readString(Path.of("..", "docs", "jdbc.md"));
		assertThat(docs).contains(script(dialect).replace("${prefix}", JdbcTables.DEFAULT_PREFIX).strip());
	}

	@Test
	void mySqlHasTheScriptOfMariaDbWithAnotherCollation() throws IOException {
		assertThat(script(JdbcDialect.MYSQL).replace("utf8mb4_0900_bin", "utf8mb4_nopad_bin"))
			.isEqualTo(script(JdbcDialect.MARIADB));
	}

	@Test
	void mySqlIsSpokenToAsMariaDbIs() {
		assertThat(new StoreSql(new JdbcTables(JdbcDialect.MYSQL, false, "a", "b_"))).usingRecursiveComparison()
			.ignoringFields("tables")
			.isEqualTo(new StoreSql(new JdbcTables(JdbcDialect.MARIADB, false, "a", "b_")));
		assertThat(JdbcDialect.MYSQL.purge("t", 1)).isEqualTo(JdbcDialect.MARIADB.purge("t", 1));
		assertThat(JdbcDialect.MYSQL.beforeWrite()).isEqualTo(JdbcDialect.MARIADB.beforeWrite());
	}

	private static String script(JdbcDialect dialect) throws IOException {
		String name = "%s/V1__entries.sql".formatted(dialect.name().toLowerCase(Locale.ROOT));
		try (InputStream in = JdbcDialect.class.getResourceAsStream(name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
