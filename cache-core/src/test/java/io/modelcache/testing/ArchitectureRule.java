package io.modelcache.testing;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule of the house that can be asked of the code, where it must hold, and of planted
 * code, where it must not.
 */
public interface ArchitectureRule {

	/**
	 * The rule itself.
	 * @param root the package that it is about, with those below it
	 * @return the rule
	 */
	ArchRule under(String root);

	/**
	 * The classes that break the rule on purpose.
	 * @return their simple names
	 */
	List<String> planted();

	/**
	 * Check that the rule holds, also where there is no code yet.
	 * @param root the package that the rule is about
	 * @param classes the classes to look at
	 */
	default void holdsFor(String root, JavaClasses classes) {
		under(root).allowEmptyShould(true).check(classes);
	}

	/**
	 * Check that the rule finds every class that was planted to break it.
	 * @param root the package of the planted classes
	 * @param classes the classes to look at
	 */
	default void findsWhatIsPlantedIn(String root, JavaClasses classes) {
		assertThat(planted()).isNotEmpty();
		String report = String.join("\n", under(root).evaluate(classes).getFailureReport().getDetails());
		assertThat(planted()).allSatisfy((name) -> assertThat(report).contains(name));
	}

	/**
	 * Read the main classes of a package, without those of the tests.
	 * @param root the package
	 * @return the classes
	 */
	static JavaClasses mainClassesOf(String root) {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(root);
	}

	/**
	 * Read the planted classes of a package.
	 * @param root the package
	 * @return the classes
	 */
	static JavaClasses plantedClassesOf(String root) {
		return new ClassFileImporter().importPackages(root);
	}

}
