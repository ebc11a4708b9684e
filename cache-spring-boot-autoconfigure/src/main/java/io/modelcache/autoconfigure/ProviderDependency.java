package io.modelcache.autoconfigure;

/**
 * The lines of a pom that a provider needs, as people copy them.
 */
final class ProviderDependency {

	static final String CAFFEINE = of("com.github.ben-manes.caffeine", "caffeine");

	static final String FLYWAY = of("org.flywaydb", "flyway-core");

	static final String HIKARI = of("com.zaxxer", "HikariCP");

	static final String JDBC = of("org.springframework.boot", "spring-boot-starter-jdbc");

	static final String REDIS = of("org.springframework.boot", "spring-boot-starter-data-redis");

	private static final int INDENTATION = 4;

	private ProviderDependency() {
	}

	static String of(String groupId, String artifactId) {
		return """
				<dependency>
				    <groupId>%s</groupId>
				    <artifactId>%s</artifactId>
				</dependency>""".formatted(groupId, artifactId).indent(INDENTATION).stripTrailing();
	}

}
