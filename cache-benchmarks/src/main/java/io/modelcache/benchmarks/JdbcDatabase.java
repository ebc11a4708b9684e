package io.modelcache.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The databases whose hits are measured.
 */
public enum JdbcDatabase {

	/**
	 * H2 in a file, with the settings that the auto-configuration gives its own.
	 */
	H2 {

		@Override
		String url() throws IOException {
			return "jdbc:h2:async:" + directory().resolve("answers");
		}

	},

	/**
	 * SQLite with a write-ahead log.
	 */
	SQLITE {

		@Override
		String url() throws IOException {
			return "jdbc:sqlite:" + directory().resolve("answers.db") + "?journal_mode=WAL&synchronous=NORMAL";
		}

	},

	/**
	 * PostgreSQL, in a process of its own on this machine.
	 */
	POSTGRESQL {

		@Override
		String url() throws IOException {
			EmbeddedPostgres server = EmbeddedPostgres.builder().start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
			return server.getJdbcUrl("postgres", "postgres");
		}

	};

	/**
	 * Return the URL of a new database.
	 * @return the URL
	 * @throws IOException if that is not possible
	 */
	abstract String url() throws IOException;

	private static Path directory() throws IOException {
		return Files.createTempDirectory("modelcache-benchmark");
	}

	private static void close(EmbeddedPostgres server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
