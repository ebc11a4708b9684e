package io.modelcache.chat.semantic;

/**
 * Tells whether two words are the same but for a slip of the fingers.
 */
final class Spelling {

	private static final int SHORTEST = 5;

	private Spelling() {
	}

	static boolean sameWord(Word one, Word other) {
		return one.kind() == WordKind.CONTENT && other.kind() == WordKind.CONTENT && slip(one.stem(), other.stem());
	}

	/**
	 * Two neighbours swapped, or a letter too few or too many inside; another letter is
	 * another word.
	 */
	private static boolean slip(String one, String other) {
		int shorter = Math.min(one.length(), other.length());
		if (shorter < SHORTEST || Math.abs(one.length() - other.length()) > 1 || one.charAt(0) != other.charAt(0)) {
			return false;
		}
		int at = 0;
		while (at < shorter && one.charAt(at) == other.charAt(at)) {
			at++;
		}
		if (one.length() == other.length()) {
			return at + 1 < shorter && one.charAt(at) == other.charAt(at + 1) && one.charAt(at + 1) == other.charAt(at)
					&& one.regionMatches(at + 2, other, at + 2, shorter - at - 2);
		}
		boolean oneIsLonger = one.length() > other.length();
		String longer = oneIsLonger ? one : other;
		String shortened = oneIsLonger ? other : one;
		return at < shorter && longer.regionMatches(at + 1, shortened, at, shorter - at);
	}

}
