package io.modelcache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.modelcache.testing.ArchitectureRule;
import io.modelcache.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the core keeps the directions of the house, and that each rule would notice.
 */
class ArchitectureTests {

	private static final String HOUSE = "io.modelcache";

	private static final String PLANTED = "io.modelcache.planted";

	private static final JavaClasses MAIN = ArchitectureRule.mainClassesOf(HOUSE);

	private static final JavaClasses VIOLATIONS = ArchitectureRule.plantedClassesOf(PLANTED);

	static Stream<ArchitectureRule> rules() {
		return Stream.concat(Stream.of(CoreDirection.values()), Stream.of(CoreHabit.values()));
	}

	@ParameterizedTest
	@MethodSource("rules")
	void everyRuleHolds(ArchitectureRule rule) {
		rule.holdsFor(HOUSE, MAIN);
	}

	@ParameterizedTest
	@MethodSource("rules")
	void everyRuleFindsWhatIsPlantedToBreakIt(ArchitectureRule rule) {
		rule.findsWhatIsPlantedIn(PLANTED, VIOLATIONS);
	}

	@Test
	void theRulesSeeTheMainClassesAndNothingElse() {
		assertThat(MAIN).isNotEmpty().noneMatch((type) -> type.getPackageName().startsWith(PLANTED));
	}

	@Test
	void everyPackageAndTypeSaysItsJobInJavadoc() throws IOException {
		assertThat(Sources.withoutJavadoc(Path.of("src/main/java"))).isEmpty();
	}

	@Test
	void aPackageOrTypeWithoutJavadocIsFound() throws IOException {
		assertThat(Sources.withoutJavadoc(Path.of("src/test/java/io/modelcache/planted/unmarked")))
			.containsExactly("Unmarked", "Unmarked.Nested", "io.modelcache.planted.unmarked");
	}

}
