package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * How much of the allowance for differences the words of two questions use up.
 * <p>
 * The shares were fitted on natural questions whose equivalence people had judged, and
 * rounded. Words that only one question has weigh more than words that both have in
 * another form, and one other word more than several: several are a sign of another
 * wording.
 */
final class Wording {

	private static final double ONE_OTHER_WORD = 0.15;

	private static final double MORE_WORDS = 0.23;

	private static final double NAME = 0.25;

	private static final double GENERAL = 0.02;

	private static final double LITTLE_IN_COMMON = 0.1;

	private static final double NOTHING_IN_COMMON = 0.3;

	private static final double OTHER_QUESTION = 0.1;

	private static final double OTHER_ORDER = 0.04;

	private static final double OTHER_DUTY = 0.25;

	private static final int MOST_NAMES = 2;

	private static final Set<String> DUTIES = Set.of("should", "must");

	private Wording() {
	}

	/**
	 * Return the share of the allowance that is used up.
	 * @param comparison both questions
	 * @return 0 for the same words; what reaches 1 leaves nothing for the vectors
	 */
	static double share(Comparison comparison) {
		Differences differences = comparison.differences();
		return content(differences) + NAME * Math.min(differences.names(), MOST_NAMES)
				+ when(differences.light() + differences.relations() > 0, GENERAL)
				+ when(comparison.sharedContent() < 2, LITTLE_IN_COMMON)
				+ when(comparison.sharedContent() == 0 && differences.contents() > 0, NOTHING_IN_COMMON)
				+ when(comparison.asksDifferently(), OTHER_QUESTION) + when(comparison.inverted(), OTHER_ORDER)
				+ when(comparison.anyUnshared((word) -> DUTIES.contains(word.stem())), OTHER_DUTY);
	}

	private static double content(Differences differences) {
		if (differences.content() > 0) {
			return (differences.content() == 1) ? ONE_OTHER_WORD : 0;
		}
		return when(differences.moreContent() > 0, MORE_WORDS);
	}

	private static double when(boolean condition, double share) {
		return condition ? share : 0;
	}

}
