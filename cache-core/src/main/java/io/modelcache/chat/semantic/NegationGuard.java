package io.modelcache.chat.semantic;

/**
 * Refuses questions of which one denies and the other does not, and other words around a
 * "not", because what it denies cannot be told from words.
 */
final class NegationGuard implements Guard {

	@Override
	public String name() {
		return "negation";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		int asked = Negations.count(comparison.asked());
		int cached = Negations.count(comparison.cached());
		if (asked == 0 && cached == 0) {
			return false;
		}
		return (asked + cached) % 2 != 0 || (Negations.anyFree(comparison) && !comparison.sameWords());
	}

}
