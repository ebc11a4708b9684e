package io.modelcache.autoconfigure;

import java.util.Arrays;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The databases that {@code modelcache.jdbc.url} can name, and their drivers.
 */
enum JdbcUrl {

	/**
	 * H2.
	 */
	H2("jdbc:h2:", "org.h2.Driver", "com.h2database", "h2"),

	/**
	 * SQLite.
	 */
	SQLITE("jdbc:sqlite:", "org.sqlite.JDBC", "org.xerial", "sqlite-jdbc"),

	/**
	 * PostgreSQL.
	 */
	POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql", "postgresql"),

	/**
	 * MariaDB.
	 */
	MARIADB("jdbc:mariadb:", "org.mariadb.jdbc.Driver", "org.mariadb.jdbc", "mariadb-java-client"),

	/**
	 * MySQL.
	 */
	MYSQL("jdbc:mysql:", "com.mysql.cj.jdbc.Driver", "com.mysql", "mysql-connector-j");

	private static final Pattern H2_SERVER = Pattern.compile("^jdbc:h2:(tcp|ssl):|;\\s*AUTO_SERVER\\s*=(?!\\s*FALSE)",
			Pattern.CASE_INSENSITIVE);

	private final String prefix;

	private final String driver;

	private final String groupId;

	private final String artifactId;

	JdbcUrl(String prefix, String driver, String groupId, String artifactId) {
		this.prefix = prefix;
		this.driver = driver;
		this.groupId = groupId;
		this.artifactId = artifactId;
	}

	/**
	 * Find the database that a URL names.
	 * @return the database, or {@code null} if it is another one
	 */
	static @Nullable JdbcUrl of(String url) {
		return Arrays.stream(values()).filter((known) -> url.startsWith(known.prefix)).findFirst().orElse(null);
	}

	/**
	 * Tell whether a database runs in this JVM. One of H2 with {@code AUTO_SERVER} runs
	 * in the process that opens it first.
	 */
	static boolean isInProcess(String url) {
		return url.startsWith(SQLITE.prefix) || (url.startsWith(H2.prefix) && !H2_SERVER.matcher(url).find());
	}

	/**
	 * Return the class of the driver.
	 */
	String driver() {
		return this.driver;
	}

	/**
	 * Return the lines of a pom that bring the driver.
	 */
	String dependency() {
		return ProviderDependency.of(this.groupId, this.artifactId);
	}

}
