package io.modelcache.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules that every module of the house asks of its packages.
 */
public final class PackageRules {

	private PackageRules() {
	}

	/**
	 * No package knows itself by way of others.
	 * @return the rule
	 */
	public static ArchRule freeOfCycles() {
		return slices().assignedFrom(new Packages())
			.should()
			.beFreeOfCycles()
			.because("a circle of packages is one package that is too large");
	}

	/**
	 * Every package is marked with {@link NullMarked @NullMarked}.
	 * @return the rule
	 */
	public static ArchRule nullMarked() {
		return classes().should(new ResideInANullMarkedPackage())
			.because("NullAway, and the compilers of those who use us, look at marked packages only");
	}

	/**
	 * Takes every package as a slice of its own.
	 */
	private static final class Packages implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

	/**
	 * Asks the {@code package-info} beside a type.
	 */
	private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {

		ResideInANullMarkedPackage() {
			super("reside in a package marked with @NullMarked");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
			events.add(new SimpleConditionEvent(type, marked,
					"%s resides in %s".formatted(type.getName(), type.getPackageName())));
		}

	}

}
