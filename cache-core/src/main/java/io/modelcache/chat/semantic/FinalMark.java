package io.modelcache.chat.semantic;

/**
 * The one mark at the end of a sentence, which may fall.
 */
final class FinalMark {

	private FinalMark() {
	}

	static String without(String line) {
		int last = line.length() - 1;
		if (last < 1 || !falls(line, last)) {
			return line;
		}
		return line.substring(0, last).strip();
	}

	private static boolean falls(String line, int last) {
		char before = line.charAt(last - 1);
		return switch (line.charAt(last)) {
			case '?' -> Character.isLetterOrDigit(before) || closes(before) || before == ' ';
			case '.' -> Character.isLetterOrDigit(before) || closes(before);
			case '!' -> isWordEnd(line, last);
			default -> false;
		};
	}

	private static boolean closes(char c) {
		return c == ')' || c == '\'';
	}

	/**
	 * After a number, a bracket or a single letter it may be a factorial.
	 */
	private static boolean isWordEnd(String line, int last) {
		return last > 1 && Character.isLetter(line.charAt(last - 1)) && Character.isLetter(line.charAt(last - 2));
	}

}
