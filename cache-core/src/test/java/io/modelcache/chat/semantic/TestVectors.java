package io.modelcache.chat.semantic;

import java.util.Random;

/**
 * Makes vectors whose angles are known.
 */
final class TestVectors {

	private final Random random;

	private final int dimensions;

	TestVectors(long seed, int dimensions) {
		this.random = new Random(seed);
		this.dimensions = dimensions;
	}

	/**
	 * Return a vector in some direction, of some length.
	 */
	float[] any() {
		float[] vector = new float[this.dimensions];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) this.random.nextGaussian();
		}
		return vector;
	}

	/**
	 * Return a vector that has a given cosine with another one.
	 */
	float[] near(float[] vector, double cosine) {
		float[] across = any();
		double share = dot(across, vector) / dot(vector, vector);
		for (int i = 0; i < across.length; i++) {
			across[i] -= (float) (share * vector[i]);
		}
		double along = cosine / Math.sqrt(dot(vector, vector));
		double aside = Math.sqrt(1 - cosine * cosine) / Math.sqrt(dot(across, across));
		float[] near = new float[vector.length];
		for (int i = 0; i < near.length; i++) {
			near[i] = (float) (along * vector[i] + aside * across[i]);
		}
		return near;
	}

	static float[] scaled(float[] vector, double factor) {
		float[] scaled = new float[vector.length];
		for (int i = 0; i < scaled.length; i++) {
			scaled[i] = (float) (factor * vector[i]);
		}
		return scaled;
	}

	static double cosine(float[] one, float[] other) {
		return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
	}

	private static double dot(float[] one, float[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += (double) one[i] * other[i];
		}
		return sum;
	}

}
