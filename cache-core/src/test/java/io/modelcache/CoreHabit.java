package io.modelcache;

import java.util.List;
import java.util.function.Function;

import com.tngtech.archunit.lang.ArchRule;
import io.modelcache.testing.ArchitectureRule;
import io.modelcache.testing.PackageRules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * How code in cache-core is written, why, and what is planted to break it.
 */
enum CoreHabit implements ArchitectureRule {

	ONLY_THE_DECORATORS_ARE_MODELS(
			(root) -> classes()
				.that(assignableTo("org.springframework.ai.model.Model")
					.or(assignableTo("org.springframework.ai.model.StreamingModel")))
				.should()
				.haveFullyQualifiedName(root + ".chat.CachingChatModel")
				.orShould()
				.haveFullyQualifiedName(root + ".embedding.CachingEmbeddingModel")
				.because("what a model interface gains one day must be looked at in two places, not in ten"),
			"ThirdModel"),

	TIME_COMES_IN_BY_CONSTRUCTOR(
			(root) -> noClasses().should()
				.accessTargetWhere(Accesses.askTheSystemForTheTime())
				.because("a test must be able to hold the time; only a builder may fill in the system's"),
			"InstantTeller", "MillisTeller", "ClockTeller", "SourceTeller", "DateTeller"),

	NOTHING_IS_SERIALIZED_BY_JAVA(
			(root) -> noClasses().should()
				.dependOnClassesThat()
				.haveNameMatching("java\\.io\\.(ObjectInput|ObjectOutput|Externalizable).*")
				.because("bytes that others may have written must never choose the class to create"),
			"SerializedByJava"),

	NO_TYPE_IS_NAMED_BY_JSON(
			(root) -> noClasses().should()
				.dependOnClassesThat()
				.haveNameMatching(".*\\.(JsonTypeInfo|\\w*PolymorphicTypeValidator).*")
				.orShould()
				.accessTargetWhere(Accesses.turnOnDefaultTyping())
				.because("bytes that others may have written must never choose the class to create"),
			"AnnotatedByJson", "TypedByJson"),

	NO_KEY_IS_A_HASH_CODE((root) -> noClasses().should()
		.accessTargetWhere(Accesses.askForAHashCode(root))
		.because("32 bits collide: two requests would share one answer"), "HashedText", "HashedObjects"),

	PACKAGES_ARE_NULL_MARKED((root) -> PackageRules.nullMarked(), "Unmarked"),

	POLICIES_ARE_PURE(
			(root) -> noClasses()
				.that(simpleNameEndingWith("Policy").or(assignableTo(root + ".chat.ChatCachePolicy"))
					.or(assignableTo(root + ".embedding.EmbeddingCachePolicy")))
				.should()
				.dependOnClassesThat(resideInAPackage(root + ".store..")
					.or(assignableTo("java.time.InstantSource"))
					.or(assignableTo(root + ".CacheListener")))
				.because(
						"the same question must get the same verdict, without a trace: no store, no clock, no listener"),
			"StoringPolicy", "ClockPolicy", "TellingPolicy");

	private final Function<String, ArchRule> rule;

	private final List<String> planted;

	CoreHabit(Function<String, ArchRule> rule, String... planted) {
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
