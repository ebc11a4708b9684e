package io.modelcache.chat.semantic;

import java.util.SplittableRandom;

/**
 * Turns a vector into {@value #BITS} bits such that the number of bits in which two
 * vectors differ tells the angle between them.
 * <p>
 * The bits are the signs of the components after a random rotation. Without it the
 * components would have to be spread evenly for that, and those of embedding models are
 * not. The rotation is the product of {@value #ROUNDS} Hadamard matrices, before each of
 * which random components change their signs; it is the same in every JVM. Immutable.
 */
final class SignHash {

	static final int BITS = 384;

	static final int WORDS = BITS / Long.SIZE;

	private static final int ROUNDS = 2;

	private static final int LEAST_SIZE = 512;

	private static final long SEED = 0x5e3a_11c0_7a57_e11dL;

	private final int size;

	private final float[] flips;

	private SignHash(int size) {
		this.size = size;
		this.flips = new float[ROUNDS * size];
		SplittableRandom random = new SplittableRandom(SEED);
		for (int i = 0; i < this.flips.length; i++) {
			this.flips[i] = random.nextBoolean() ? 1 : -1;
		}
	}

	static SignHash of(int dimensions) {
		return new SignHash(sizeFor(dimensions));
	}

	/**
	 * Return how many components a vector has while it is rotated, which is a power of
	 * two.
	 */
	static int sizeFor(int dimensions) {
		return Math.max(LEAST_SIZE, Integer.highestOneBit(dimensions - 1) << 1);
	}

	/**
	 * Return the bits of a vector.
	 * @return {@value #WORDS} numbers
	 */
	long[] bits(float[] vector) {
		float[] rotated = new float[this.size];
		System.arraycopy(vector, 0, rotated, 0, vector.length);
		for (int round = 0; round < ROUNDS; round++) {
			int flip = round * this.size;
			for (int i = 0; i < this.size; i++) {
				rotated[i] *= this.flips[flip + i];
			}
			transform(rotated);
		}
		long[] bits = new long[WORDS];
		for (int word = 0; word < WORDS; word++) {
			bits[word] = signs(rotated, word * Long.SIZE);
		}
		return bits;
	}

	private static long signs(float[] values, int start) {
		long signs = 0;
		for (int i = start + Long.SIZE - 1; i >= start; i--) {
			signs = (signs << 1) | (Float.floatToRawIntBits(values[i]) >>> (Integer.SIZE - 1));
		}
		return signs;
	}

	/**
	 * Multiply by the Hadamard matrix, but for a factor.
	 */
	private static void transform(float[] values) {
		for (int half = values.length / 2; half >= 8; half /= 2) {
			for (int start = 0; start < values.length; start += 2 * half) {
				addAndSubtract(values, start, half);
			}
		}
		for (int start = 0; start < values.length; start += 8) {
			transformEight(values, start);
		}
	}

	private static void addAndSubtract(float[] values, int start, int half) {
		for (int i = start; i < start + half; i++) {
			float one = values[i];
			float other = values[i + half];
			values[i] = one + other;
			values[i + half] = one - other;
		}
	}

	/**
	 * Do the last three steps at once, which are too short for a loop.
	 */
	private static void transformEight(float[] values, int i) {
		float a = values[i] + values[i + 4];
		float b = values[i + 1] + values[i + 5];
		float c = values[i + 2] + values[i + 6];
		float d = values[i + 3] + values[i + 7];
		float e = values[i] - values[i + 4];
		float f = values[i + 1] - values[i + 5];
		float g = values[i + 2] - values[i + 6];
		float h = values[i + 3] - values[i + 7];
		transformFour(values, i, a + c, b + d, a - c, b - d);
		transformFour(values, i + 4, e + g, f + h, e - g, f - h);
	}

	private static void transformFour(float[] values, int i, float a, float b, float c, float d) {
		values[i] = a + b;
		values[i + 1] = a - b;
		values[i + 2] = c + d;
		values[i + 3] = c - d;
	}

	/**
	 * Return how many bits of two vectors differ at most, if the cosine of their angle is
	 * given: the mean and five standard deviations, which one pair in three million
	 * exceeds.
	 */
	static int mostDifferences(double cosine) {
		double share = Math.acos(Math.max(-1, Math.min(1, cosine))) / Math.PI;
		return (int) Math.min(BITS, Math.ceil(BITS * share + 5 * Math.sqrt(BITS * share * (1 - share))));
	}

}
