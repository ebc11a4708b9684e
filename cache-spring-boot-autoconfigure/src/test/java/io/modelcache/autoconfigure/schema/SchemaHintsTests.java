package io.modelcache.autoconfigure.schema;

import java.util.Locale;

import io.modelcache.store.jdbc.JdbcDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SchemaHints}.
 */
class SchemaHintsTests {

	@ParameterizedTest
	@EnumSource
	void theScriptOfEachDatabaseIsInANativeImage(JdbcDialect dialect) {
		String script = "io/modelcache/store/jdbc/%s/V1__entries.sql"
			.formatted(dialect.name().toLowerCase(Locale.ROOT));
		assertThat(getClass().getClassLoader().getResource(script)).isNotNull();
		assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(hints());
		assertThat(RuntimeHintsPredicates.resource().forResource("io/modelcache/other.sql")).rejects(hints());
	}

	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(SchemaHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(hints, getClassLoader()));
		return hints;
	}

	private static ClassLoader getClassLoader() {
		return SchemaHintsTests.class.getClassLoader();
	}

}
