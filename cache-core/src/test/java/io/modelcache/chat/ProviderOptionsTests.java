package io.modelcache.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.modelcache.chat.Mutations.Mutant;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.UnrepresentableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.prompt.ChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every option of every provider is part of the key, by changing one at a
 * time.
 */
class ProviderOptionsTests {

	/**
	 * Options that are no part of a key on purpose, and why.
	 */
	private static final Map<String, String> LEFT_OUT = Map.of("apiKey", "secret", "credential", "secret", "proxy",
			"connection: how the request travels", "timeout", "connection: how long to wait", "maxRetries",
			"connection: how often to try", "toolContext", "JVM-local: given to the tools, never to the model",
			"contentLengthFunction",
			"JVM-local: says where Anthropic sets marks for its prompt cache, which change the price only");

	/**
	 * Options that make a request uncacheable whatever their value, and why.
	 */
	private static final Map<String, String> UNCACHEABLE = Map.of();

	@ParameterizedTest
	@EnumSource
	void everyOptionIsReachedByAMutation(OptionSpace space) {
		Mutations mutations = space.mutations();
		Set<String> changed = mutations.mutants()
			.stream()
			.filter((mutant) -> mutant.changed().size() == 1)
			.flatMap((mutant) -> mutant.changed().stream())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(changed).isEqualTo(mutations.options());
	}

	@ParameterizedTest
	@EnumSource
	void everyOptionThatIsChangedChangesTheKey(OptionSpace space) {
		Mutations mutations = space.mutations();
		Fingerprint base = key(mutations.base());
		assertThat(key(space.mutations().base())).isEqualTo(base);
		for (Mutant mutant : mutations.mutants()) {
			if (inKey(mutant)) {
				assertThat(key(mutant.value())).as(mutant.toString()).isNotEqualTo(base);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void noTwoValuesOfAnOptionHaveTheSameKey(OptionSpace space) {
		Map<String, List<Mutant>> byOption = space.mutations()
			.mutants()
			.stream()
			.filter(ProviderOptionsTests::inKey)
			.collect(Collectors.groupingBy(Mutant::toString));
		byOption.forEach((option, mutants) -> {
			Set<Fingerprint> keys = new HashSet<>();
			mutants.forEach((mutant) -> keys.add(key(mutant.value())));
			long distinct = mutants.stream().map(Mutant::state).distinct().count();
			assertThat(keys).as(option).hasSize((int) distinct);
		});
	}

	@ParameterizedTest
	@EnumSource
	void equalOptionsHaveEqualKeys(OptionSpace space) {
		List<Mutant> some = space.mutations().mutants();
		List<Mutant> same = space.mutations().mutants();
		for (int i = 0; i < some.size(); i++) {
			if (inKey(some.get(i))) {
				assertThat(key(some.get(i).value())).as(some.get(i).toString()).isEqualTo(key(same.get(i).value()));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsLeftOutIsLeftOut(OptionSpace space) {
		Mutations mutations = space.mutations();
		for (Mutant mutant : mutations.mutants()) {
			if (!mutant.changed().isEmpty() && LEFT_OUT.keySet().containsAll(mutant.changed())) {
				assertThat(key(mutant.value())).as(mutant.toString()).isEqualTo(key(mutations.base()));
			}
		}
	}

	@Test
	void noExceptionIsListedThatNoProviderHas() {
		Set<String> all = Stream.of(OptionSpace.values())
			.flatMap((space) -> space.mutations().options().stream())
			.collect(Collectors.toSet());
		assertThat(all).containsAll(LEFT_OUT.keySet());
	}

	@Test
	void exactlyTheListedOptionsMakeARequestUncacheable() {
		Set<String> found = new TreeSet<>();
		for (OptionSpace space : OptionSpace.values()) {
			found.addAll(uncacheable(space.mutations()));
		}
		assertThat(found).isEqualTo(UNCACHEABLE.keySet());
	}

	@ParameterizedTest
	@EnumSource
	void atLeastNineteenOfTwentyOptionsAreInTheKeyRatherThanUncacheable(OptionSpace space) {
		Mutations mutations = space.mutations();
		assertThat(uncacheable(mutations).size() * 20).isLessThanOrEqualTo(mutations.options().size());
	}

	private static Set<String> uncacheable(Mutations mutations) {
		Set<String> options = new TreeSet<>();
		for (Mutant mutant : mutations.mutants()) {
			try {
				key(mutant.value());
			}
			catch (UnrepresentableException ex) {
				options.addAll(mutant.changed());
			}
		}
		return options;
	}

	private static boolean inKey(Mutant mutant) {
		return mutant.changed().stream().anyMatch((option) -> !LEFT_OUT.containsKey(option));
	}

	private static Fingerprint key(Object options) {
		return Keys.of((ChatOptions) options);
	}

}
