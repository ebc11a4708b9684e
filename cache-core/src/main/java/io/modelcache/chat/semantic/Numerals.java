package io.modelcache.chat.semantic;

/**
 * Brings the ways to write a number in digits together.
 */
final class Numerals {

	private Numerals() {
	}

	/**
	 * Return a number without thousands separators and superfluous zeros, with all that
	 * is attached to it.
	 * @param lower what contains a digit
	 * @return its usual form
	 */
	static String normalized(String lower) {
		StringBuilder number = new StringBuilder(lower.length());
		for (int i = 0; i < lower.length(); i++) {
			if (!(lower.charAt(i) == ',' && digitAt(lower, i - 1) && threeDigitsAt(lower, i + 1))) {
				number.append(lower.charAt(i));
			}
		}
		return number.toString();
	}

	private static boolean threeDigitsAt(String text, int at) {
		return digitAt(text, at) && digitAt(text, at + 1) && digitAt(text, at + 2) && !digitAt(text, at + 3);
	}

	private static boolean digitAt(String text, int at) {
		return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
	}

}
