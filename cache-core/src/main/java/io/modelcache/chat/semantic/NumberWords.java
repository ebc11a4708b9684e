package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that are written as a word.
 */
final class NumberWords {

	private static final String[] SMALL = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
			"nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
			"nineteen" };

	private static final String[] TENS = { "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
			"ninety" };

	private static final String[] ORDINALS = { "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
			"eighth", "ninth", "tenth" };

	private static final Map<String, String> CARDINAL = cardinals();

	private static final Map<String, String> ORDINAL = ordinals();

	private NumberWords() {
	}

	/**
	 * Return the digits of a word.
	 * @param lower a word in lower case
	 * @return the digits, or {@code null} if it is no number or, like "one", may be
	 * something else
	 */
	static @Nullable String cardinal(String lower) {
		return CARDINAL.get(lower);
	}

	/**
	 * Return the short form of an ordinal, like "3rd".
	 * @param lower a word in lower case
	 * @return the digits and the ending, or {@code null}
	 */
	static @Nullable String ordinal(String lower) {
		return ORDINAL.get(lower);
	}

	private static Map<String, String> cardinals() {
		Map<String, String> digits = new HashMap<>();
		for (int i = 0; i < SMALL.length; i++) {
			digits.put(SMALL[i], Integer.toString(i));
		}
		for (int tens = 2; tens < TENS.length; tens++) {
			digits.put(TENS[tens], Integer.toString(tens * 10));
			for (int i = 1; i < 10; i++) {
				digits.put(TENS[tens] + "-" + SMALL[i], Integer.toString(tens * 10 + i));
			}
		}
		digits.remove("one");
		return Map.copyOf(digits);
	}

	private static Map<String, String> ordinals() {
		String[] endings = { "", "st", "nd", "rd" };
		Map<String, String> forms = new HashMap<>();
		for (int i = 3; i < ORDINALS.length; i++) {
			forms.put(ORDINALS[i], i + ((i < endings.length) ? endings[i] : "th"));
		}
		return Map.copyOf(forms);
	}

}
