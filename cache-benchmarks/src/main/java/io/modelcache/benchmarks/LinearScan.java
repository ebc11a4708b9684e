package io.modelcache.benchmarks;

/**
 * The least that a search among vectors can be: a loop over all of them.
 */
final class LinearScan {

	private LinearScan() {
	}

	/**
	 * Return the place of the vector with the largest cosine, by the plainest of loops.
	 */
	static int plain(float[][] vectors, float[] query) {
		int nearest = -1;
		float largest = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < vectors.length; i++) {
			float cosine = dot(vectors[i], query);
			if (cosine > largest) {
				largest = cosine;
				nearest = i;
			}
		}
		return nearest;
	}

	/**
	 * Return the same by a loop with four sums side by side, which do not wait for each
	 * other.
	 */
	static int unrolled(float[][] vectors, float[] query) {
		int nearest = -1;
		float largest = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < vectors.length; i++) {
			float cosine = dotUnrolled(vectors[i], query);
			if (cosine > largest) {
				largest = cosine;
				nearest = i;
			}
		}
		return nearest;
	}

	static float dot(float[] one, float[] other) {
		float sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

	private static float dotUnrolled(float[] one, float[] other) {
		float a = 0;
		float b = 0;
		float c = 0;
		float d = 0;
		for (int i = 0; i < one.length; i += 4) {
			a += one[i] * other[i];
			b += one[i + 1] * other[i + 1];
			c += one[i + 2] * other[i + 2];
			d += one[i + 3] * other[i + 3];
		}
		return (a + b) + (c + d);
	}

}
