package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * Tells whether two words are derived from one: percent and percentage, India and Indian.
 */
final class Derivation {

	private static final int SHORTEST_ROOT = 4;

	private static final Set<String> BASES = WordList.of("e y ing ed s a");

	private static final Set<String> DERIVED = WordList.of("""
			e y n ing ed s es ion ation ment ement al ial ly ness ity ance ence er or ic ical ive able ful ous age
			tion ization isation ize ise ian an""");

	private Derivation() {
	}

	static boolean related(Word one, Word other) {
		if (one.kind() != WordKind.CONTENT || other.kind() != WordKind.CONTENT) {
			return false;
		}
		String a = one.stem();
		String b = other.stem();
		int root = 0;
		int shorter = Math.min(a.length(), b.length());
		while (root < shorter && a.charAt(root) == b.charAt(root)) {
			root++;
		}
		return root >= SHORTEST_ROOT && (fits(a, b, root) || fits(b, a, root));
	}

	private static boolean fits(String base, String derived, int root) {
		return (base.length() == root || BASES.contains(base.substring(root)))
				&& DERIVED.contains(derived.substring(root));
	}

}
