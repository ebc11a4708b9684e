package io.modelcache.sample.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Vectors out of the words of a text: the same text always gets the same vector of length
 * one, and texts with words in common lie near each other.
 */
final class WordVectors {

	private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

	private WordVectors() {
	}

	static float[] of(String text, int dimensions) {
		double[] sum = new double[dimensions];
		for (String word : split(text)) {
			SplittableRandom random = new SplittableRandom(seed(word));
			for (int i = 0; i < dimensions; i++) {
				sum[i] += random.nextDouble() - 0.5;
			}
		}
		return normalized(sum);
	}

	static int words(String text) {
		return split(text).size();
	}

	private static List<String> split(String text) {
		List<String> words = NOT_A_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
			.filter((word) -> !word.isEmpty())
			.toList();
		return words.isEmpty() ? List.of(text) : words;
	}

	private static long seed(String word) {
		return UUID.nameUUIDFromBytes(word.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
	}

	private static float[] normalized(double[] vector) {
		double squares = 0;
		for (double value : vector) {
			squares += value * value;
		}
		double length = Math.sqrt(squares);
		float[] normalized = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			normalized[i] = (float) (vector[i] / length);
		}
		return normalized;
	}

}
