package io.modelcache.chat.semantic;

import java.util.List;
import java.util.Locale;

/**
 * The greetings, requests and thanks around a question.
 */
final class Courtesies {

	private static final List<String> GREETINGS = List.of("hi there", "hello there", "hey there", "hi", "hello", "hey",
			"good morning", "good afternoon", "good evening");

	private static final List<String> PLEAS = List.of("could you please tell me", "can you please tell me",
			"would you please tell me", "please could you tell me", "please can you tell me", "could you tell me",
			"can you tell me", "please tell me", "could you please", "can you please", "would you please",
			"will you please", "please", "pls", "kindly");

	private static final List<String> ENDINGS = List.of("thanks in advance", "thank you very much", "thank you so much",
			"many thanks", "thank you", "thanks a lot", "thanks", "thx", "please", "pls");

	private Courtesies() {
	}

	static String without(String line) {
		return withoutPlea(withoutGreeting(withoutEnding(line)));
	}

	private static String withoutGreeting(String line) {
		String lower = line.toLowerCase(Locale.ROOT);
		for (String greeting : GREETINGS) {
			int end = greeting.length();
			if (lower.startsWith(greeting) && line.length() > end + 1 && ",!.".indexOf(line.charAt(end)) >= 0
					&& line.charAt(end + 1) == ' ') {
				return ifAQuestionRemains(line, end + 2);
			}
		}
		return line;
	}

	private static String withoutPlea(String line) {
		String lower = line.toLowerCase(Locale.ROOT);
		for (String plea : PLEAS) {
			int end = plea.length();
			if (lower.startsWith(plea) && line.length() > end) {
				int from = (",:".indexOf(line.charAt(end)) >= 0) ? end + 1 : end;
				if (from < line.length() && line.charAt(from) == ' ') {
					return ifAQuestionRemains(line, from + 1);
				}
			}
		}
		return line;
	}

	private static String ifAQuestionRemains(String line, int from) {
		int space = line.indexOf(' ', from);
		String first = line.substring(from, (space < 0) ? line.length() : space).toLowerCase(Locale.ROOT);
		return (space > 0 && Openers.startAQuestion(first)) ? line.substring(from) : line;
	}

	/**
	 * Thanks at the end count as such only behind a mark: "how do I say thanks" asks for
	 * them.
	 */
	private static String withoutEnding(String line) {
		String lower = line.toLowerCase(Locale.ROOT);
		for (String ending : ENDINGS) {
			int start = line.length() - ending.length() - 2;
			if (start > 0 && lower.endsWith(ending) && line.charAt(start + 1) == ' '
					&& ",.?!".indexOf(line.charAt(start)) >= 0) {
				return (line.charAt(start) == ',') ? line.substring(0, start)
						: FinalMark.without(line.substring(0, start + 1));
			}
		}
		return line;
	}

}
