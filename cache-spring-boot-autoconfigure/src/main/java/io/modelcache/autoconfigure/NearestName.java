package io.modelcache.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name that somebody may have meant.
 */
final class NearestName {

	private NearestName() {
	}

	/**
	 * Return the candidate with the smallest edit distance.
	 * @param name what was written
	 * @param candidates what there is
	 * @return the nearest one, or {@code null} if more than half of it is different
	 */
	static @Nullable String of(String name, Collection<String> candidates) {
		return candidates.stream()
			.filter((candidate) -> 2 * distance(normal(name), normal(candidate)) <= candidate.length())
			.min(Comparator.comparingInt((String candidate) -> distance(normal(name), normal(candidate)))
				.thenComparing(Comparator.naturalOrder()))
			.orElse(null);
	}

	private static String normal(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * The distance of Levenshtein, row by row.
	 */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int substitution = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
