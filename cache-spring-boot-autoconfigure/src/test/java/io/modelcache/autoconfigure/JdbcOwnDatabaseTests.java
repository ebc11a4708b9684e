package io.modelcache.autoconfigure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcOwnDatabase}.
 */
class JdbcOwnDatabaseTests {

	@Test
	void severalProcessesCanShareAFileOfH2(@TempDir Path directory) throws SQLException {
		String url = "jdbc:h2:file:%s;Auto_Server=true".formatted(directory.resolve("shared"));
		try (HikariDataSource pool = pool(url); Connection connection = pool.getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
		}
	}

	private static HikariDataSource pool(String url) {
		return (HikariDataSource) JdbcOwnDatabase
			.create(new ModelCacheProperties.Jdbc(url, "sa", "", null, null, "x_", null, true, null, false), url);
	}

}
