package io.modelcache;

import java.util.List;
import java.util.function.Function;

import com.tngtech.archunit.lang.ArchRule;
import io.modelcache.testing.ArchitectureRule;
import io.modelcache.testing.PackageRules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom in cache-core, why, and what is planted to break it.
 */
enum CoreDirection implements ArchitectureRule {

	CORE_KNOWS_NEITHER_BOOT_NOR_MICROMETER(
			(root) -> noClasses().should()
				.dependOnClassesThat()
				.resideInAnyPackage("org.springframework.boot..", "io.micrometer..")
				.because("the core works without Spring Boot, and CacheListener is its only way to be observed"),
			"BootUser", "MicrometerUser"),

	STORES_KNOW_BYTES_ONLY(
			(root) -> noClasses().that()
				.resideInAPackage(root + ".store..")
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage("org.springframework.ai..", "tools.jackson..", "com.fasterxml.jackson..",
						root + ".chat..", root + ".embedding..")
				.because("a store keeps bytes for a while: it knows no model, no JSON and neither room"),
			"StoreOfModels", "StoreOfJson", "StoreOfChats"),

	STORES_DO_NOT_KNOW_THE_ENGINE((root) -> noClasses().that()
		.resideInAPackage(root + ".store..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(root)
		.because("the engine calls a store, never the other way round"), "StoreOfEngines"),

	KEYS_STAND_ON_NOTHING((root) -> noClasses().that()
		.resideInAPackage(root + ".key..")
		.should()
		.dependOnClassesThat(resideInAPackage(root + "..").and(resideOutsideOfPackage(root + ".key..")))
		.because("a key is made of a request alone: everything in the house stands on it"), "KeyOfStores"),

	ENGINE_KNOWS_NO_ROOM_AND_NO_BACKEND(
			(root) -> noClasses().that()
				.resideInAPackage(root)
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(root + ".chat..", root + ".embedding..", root + ".store.*..")
				.because("both rooms share the engine, and of the stores it knows the SPI alone"),
			"EngineOfChats", "EngineOfCaffeine"),

	STORES_DO_NOT_KNOW_EACH_OTHER((root) -> slices().matching(root + ".store.(*)..")
		.should()
		.notDependOnEachOther()
		.because("an application has the library of one backend, not of all"), "StoreOfAnotherStore"),

	ROOMS_DO_NOT_KNOW_EACH_OTHER((root) -> slices().matching(root + ".(chat|embedding)..")
		.should()
		.notDependOnEachOther()
		.because("what both rooms need belongs to the engine"), "ChatOfEmbeddings"),

	EXACT_CHAT_DOES_NOT_KNOW_SEMANTIC_CHAT((root) -> noClasses().that()
		.resideInAPackage(root + ".chat")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(root + ".chat.semantic..")
		.because("the semantic lookup wraps the exact one, which must work alone"), "ChatOfMeanings"),

	PACKAGES_ARE_FREE_OF_CYCLES((root) -> PackageRules.freeOfCycles(), "Hen", "Egg"),

	CAFFEINE_STAYS_IN_ITS_STORE((root) -> noClasses().that()
		.resideOutsideOfPackage(root + ".store.caffeine..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.github.benmanes.caffeine..")
		.because("Caffeine is optional: without it only its own store is missing"), "CaffeineElsewhere"),

	JDBC_STAYS_IN_ITS_STORE((root) -> noClasses().that()
		.resideOutsideOfPackage(root + ".store.jdbc..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.flywaydb..")
		.because("SQL, dialects and transactions are the business of one package"), "JdbcElsewhere"),

	REDIS_STAYS_IN_ITS_STORE_AND_INDEX((root) -> noClasses()
		.that(resideOutsideOfPackage(root + ".store.redis..")
			.and(not(resideInAPackage(root + ".chat.semantic..").and(simpleNameStartingWith("Redis")))))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.data..", "io.lettuce..", "redis.clients..")
		.because("Redis is optional: without it only its store and its index are missing"), "LettuceElsewhere");

	private final Function<String, ArchRule> rule;

	private final List<String> planted;

	CoreDirection(Function<String, ArchRule> rule, String... planted) {
		this.rule = rule;
		this.planted = List.of(planted);
	}

	@Override
	public ArchRule under(String root) {
		return this.rule.apply(root);
	}

	@Override
	public List<String> planted() {
		return this.planted;
	}

}
