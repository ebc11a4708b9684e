package io.modelcache.chat.semantic;

import java.util.Objects;

/**
 * The direction of a vector, which is all that counts for a cosine.
 */
final class UnitVector {

	private static final int LEAST_DIMENSIONS = 2;

	private UnitVector() {
	}

	/**
	 * Bring a vector to the length 1.
	 * @param vector the vector, which stays as it is
	 * @return a new array
	 * @throws UnusableVectorException if there are less than two dimensions, or the
	 * components are all equal or not all finite: no embedding model that works gives
	 * these
	 */
	static float[] of(float[] vector) {
		Objects.requireNonNull(vector, "'vector' must not be null");
		if (vector.length < LEAST_DIMENSIONS) {
			throw new UnusableVectorException("A vector has at least two dimensions, not " + vector.length);
		}
		double squares = 0;
		boolean constant = true;
		for (float component : vector) {
			squares += (double) component * component;
			constant &= (component == vector[0]);
		}
		if (!Double.isFinite(squares)) {
			throw new UnusableVectorException("The vector holds something that is not a finite number");
		}
		if (constant) {
			throw new UnusableVectorException("The components of the vector are all equal");
		}
		double factor = 1 / Math.sqrt(squares);
		float[] unit = new float[vector.length];
		for (int i = 0; i < unit.length; i++) {
			unit[i] = (float) (vector[i] * factor);
		}
		return unit;
	}

	/**
	 * Return the cosine of the angle between two vectors of the length 1 and of equal
	 * dimensions. Eight sums run side by side, for one would wait for each addition.
	 */
	static double cosine(float[] one, float[] other) {
		float a = 0;
		float b = 0;
		float c = 0;
		float d = 0;
		float e = 0;
		float f = 0;
		float g = 0;
		float h = 0;
		int i = 0;
		for (; i + 7 < one.length; i += 8) {
			a += one[i] * other[i];
			b += one[i + 1] * other[i + 1];
			c += one[i + 2] * other[i + 2];
			d += one[i + 3] * other[i + 3];
			e += one[i + 4] * other[i + 4];
			f += one[i + 5] * other[i + 5];
			g += one[i + 6] * other[i + 6];
			h += one[i + 7] * other[i + 7];
		}
		for (; i < one.length; i++) {
			a += one[i] * other[i];
		}
		return Math.max(-1, Math.min(1, ((a + b) + (c + d)) + ((e + f) + (g + h))));
	}

}
