package io.modelcache.testing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.testcontainers.mariadb.MariaDBContainer;

/**
 * A real MariaDB server in Docker for all tests of this JVM.
 */
public final class MariaDbServer extends DatabaseServer {

	private static final MariaDbServer SERVER = new MariaDbServer();

	private @Nullable TestDatabase administration;

	private MariaDbServer() {
	}

	/**
	 * Create a database; without Docker the test is skipped.
	 * @return the database
	 * @throws Exception if that is not possible
	 */
	public static TestDatabase createDatabase() throws Exception {
		Requirement.check(isDockerThere(), "MariaDB needs Docker: apt-get install docker.io");
		return SERVER.create(List.of("CREATE DATABASE %s"));
	}

	@Override
	@SuppressWarnings("resource") // it ends with the JVM
	synchronized TestDatabase administration() {
		if (this.administration == null) {
			MariaDBContainer container = new MariaDBContainer("mariadb:11.8").withUsername("root");
			container.start();
			this.administration = address(container);
		}
		return this.administration;
	}

	@Override
	String url(TestDatabase administration, String database) {
		return administration.url().replaceFirst("/test\\b", "/" + database);
	}

}
