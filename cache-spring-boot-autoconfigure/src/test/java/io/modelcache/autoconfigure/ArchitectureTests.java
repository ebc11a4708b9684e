package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.modelcache.testing.ArchitectureRule;
import io.modelcache.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the auto-configuration is wired as the house wants it, and that each rule
 * would notice.
 */
class ArchitectureTests {

	private static final String WIRING = "io.modelcache.autoconfigure";

	private static final String PLANTED = "io.modelcache.planted.autoconfigure";

	private static final JavaClasses MAIN = ArchitectureRule.mainClassesOf(WIRING);

	private static final JavaClasses VIOLATIONS = ArchitectureRule.plantedClassesOf(PLANTED);

	@ParameterizedTest
	@EnumSource
	void everyRuleHolds(WiringRule rule) {
		rule.holdsFor(WIRING, MAIN);
	}

	@ParameterizedTest
	@EnumSource
	void everyRuleFindsWhatIsPlantedToBreakIt(WiringRule rule) {
		rule.findsWhatIsPlantedIn(PLANTED, VIOLATIONS);
	}

	@Test
	void everyPackageAndTypeSaysItsJobInJavadoc() throws IOException {
		assertThat(Sources.withoutJavadoc(Path.of("src/main/java"))).isEmpty();
	}

}
