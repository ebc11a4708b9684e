package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a question quotes, between backticks or double quotes.
 */
final class Quotations {

	private Quotations() {
	}

	static List<String> in(String text) {
		String plain = text.replace('\u201c', '"').replace('\u201d', '"');
		if (plain.indexOf('`') < 0 && plain.indexOf('"') < 0) {
			return List.of();
		}
		List<String> quotations = new ArrayList<>();
		collect(plain, '`', quotations);
		collect(plain, '"', quotations);
		quotations.sort(null);
		return List.copyOf(quotations);
	}

	private static void collect(String text, char quote, List<String> quotations) {
		int start = text.indexOf(quote);
		while (start >= 0) {
			int end = text.indexOf(quote, start + 1);
			if (end > start + 1) {
				quotations.add(text.substring(start + 1, end));
			}
			start = (end < 0) ? -1 : text.indexOf(quote, end + 1);
		}
	}

}
