package io.modelcache.autoconfigure;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import io.modelcache.testing.ArchitectureRule;
import io.modelcache.testing.PackageRules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.base.DescribedPredicate.allElements;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * How the auto-configuration is wired, why, and what is planted to break it.
 */
enum WiringRule implements ArchitectureRule {

	AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL(
			() -> classes().that()
				.areAnnotatedWith(AutoConfiguration.class)
				.should()
				.bePublic()
				.andShould()
				.haveModifier(JavaModifier.FINAL)
				.because("applications name them to exclude or to order them, and never extend them"),
			"HiddenAutoConfiguration", "OpenAutoConfiguration"),

	AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS(() -> members().that(not(defaultConstructors()))
		.and()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic()
		.because("nobody calls them but Spring"), "TalkativeAutoConfiguration"),

	HELPERS_ARE_HIDDEN(
			() -> classes()
				.that(assignableTo(Condition.class).or(assignableTo(FailureAnalyzer.class))
					.or(assignableTo(BeanPostProcessor.class))
					.or(assignableTo(BeanFactoryPostProcessor.class))
					.or(annotatedWith(Configuration.class)))
				.should()
				.notBePublic()
				.because("what an application can touch, it will depend on"),
			"OpenCondition", "OpenAnalyzer", "OpenPostProcessor", "OpenConfiguration"),

	POST_PROCESSORS_WAKE_NO_BEAN(
			() -> methods().that()
				.areAnnotatedWith(Bean.class)
				.and()
				.haveRawReturnType(
						assignableTo(BeanPostProcessor.class).or(assignableTo(BeanFactoryPostProcessor.class)))
				.should()
				.beStatic()
				.andShould()
				.haveRawParameterTypes(allElements(type(ObjectProvider.class)))
				.because("a bean that is created for a post-processor is itself never post-processed, "
						+ "and so are the factory beans that a search by type creates"),
			"OpenAutoConfiguration.instancePostProcessor", "OpenAutoConfiguration.eagerPostProcessor"),

	NO_BEAN_MAKES_BOOT_BACK_OFF(
			() -> noMethods().that()
				.areAnnotatedWith(Bean.class)
				.should()
				.haveRawReturnType(typesThatBootLooksFor())
				.because("some auto-configuration of Spring Boot gives way to each of these types"),
			"executor", "clock", "cacheManager"),

	PACKAGES_ARE_FREE_OF_CYCLES(PackageRules::freeOfCycles, "Hen", "Egg"),

	PACKAGES_ARE_NULL_MARKED(PackageRules::nullMarked, "Hen", "Egg");

	private final Supplier<ArchRule> rule;

	private final List<String> planted;

	WiringRule(Supplier<ArchRule> rule, String... planted) {
		this.rule = rule;
		this.planted = List.of(planted);
	}

	@Override
	public ArchRule under(String root) {
		return this.rule.get();
	}

	@Override
	public List<String> planted() {
		return this.planted;
	}

	private static DescribedPredicate<JavaMember> defaultConstructors() {
		return describe("default constructors", (member) -> member instanceof JavaConstructor constructor
				&& constructor.getRawParameterTypes().isEmpty());
	}

	private static DescribedPredicate<JavaClass> typesThatBootLooksFor() {
		return Stream
			.of("org.springframework.cache.CacheManager", "org.springframework.data.redis.core.RedisOperations",
					"tools.jackson.databind.ObjectMapper", "com.fasterxml.jackson.databind.ObjectMapper",
					"org.flywaydb.core.Flyway", "javax.sql.DataSource", "java.util.concurrent.Executor",
					"java.time.InstantSource")
			.map(JavaClass.Predicates::assignableTo)
			.reduce((one, other) -> one.or(other))
			.orElseThrow();
	}

}
