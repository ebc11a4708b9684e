package io.modelcache.testing;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An embedding model for which texts are near that were told to be.
 * <p>
 * Texts that were not told of are far from all others.
 */
public class MeaningModel extends CountingEmbeddingModel {

	private static final int DIMENSIONS = 64;

	private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

	/**
	 * Say how near two texts are.
	 * @param text a text
	 * @param other another one, which was not told of before
	 * @param cosine the cosine of their vectors
	 * @return this model
	 */
	public MeaningModel near(String text, String other, double cosine) {
		float[] first = vector(text);
		float[] vector = new float[DIMENSIONS];
		float[] rest = ownDirection(other);
		double sine = Math.sqrt(1 - cosine * cosine);
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = (float) (cosine * first[i] + sine * rest[i]);
		}
		this.vectors.put(other, vector);
		return this;
	}

	@Override
	public float[] vector(String text) {
		return this.vectors.computeIfAbsent(text, MeaningModel::ownDirection).clone();
	}

	/**
	 * A direction of its own for each of the first texts: a hash would let two meet.
	 */
	private static float[] ownDirection(String text) {
		float[] vector = new float[DIMENSIONS];
		vector[Math.floorMod(text.toLowerCase(Locale.ROOT).hashCode() * 31, DIMENSIONS)] = 1;
		return vector;
	}

}
