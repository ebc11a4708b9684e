package io.modelcache.chat.semantic;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes a number word in digits where it stands alone: next to another number it may be
 * a part of it.
 */
final class NumberInContext {

	private NumberInContext() {
	}

	static String digits(String word, String before, String after) {
		int end = word.endsWith(",") ? word.length() - 1 : word.length();
		String digits = NumberWords.cardinal(word.substring(0, end));
		return (digits == null || isNumber(before) || isNumber(after)) ? word : digits + word.substring(end);
	}

	private static boolean isNumber(@Nullable String neighbour) {
		if (neighbour == null || neighbour.isEmpty()) {
			return false;
		}
		String lower = neighbour.toLowerCase(Locale.ROOT);
		return lower.equals("one") || NumberWords.cardinal(lower) != null || NumberWords.ordinal(lower) != null
				|| lower.chars().anyMatch(Character::isDigit);
	}

}
