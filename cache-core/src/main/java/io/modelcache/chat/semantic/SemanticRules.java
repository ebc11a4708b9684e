package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * What a question must be like to be answered by a similar one.
 *
 * @param languages the languages whose questions may be, as two-letter codes; the guards
 * know English only, so any other code is refused
 * @param maxInput how many words a question may have, at least 1; longer ones are exact
 * only
 * @param disabledGuards the names of the guards that are not asked
 */
public record SemanticRules(Set<String> languages, int maxInput, Set<String> disabledGuards) {

	/**
	 * English questions of up to 100 words, under all guards.
	 */
	public static final SemanticRules STANDARD = new SemanticRules(Set.of("en"), 100, Set.of());

	/**
	 * Copy the sets.
	 * @throws IllegalArgumentException if a language or a guard is unknown, or the length
	 * is not positive
	 */
	public SemanticRules {
		languages = Set.copyOf(languages);
		disabledGuards = Set.copyOf(disabledGuards);
		if (!languages.equals(Set.of("en"))) {
			throw new IllegalArgumentException(
					"languages must be en, the only one whose guards there are: " + languages);
		}
		if (!Guards.names().containsAll(disabledGuards)) {
			throw new IllegalArgumentException("Unknown guard in " + disabledGuards + "; there are " + Guards.names());
		}
		if (maxInput < 1) {
			throw new IllegalArgumentException("max-input must be at least 1 word: " + maxInput);
		}
	}

}
