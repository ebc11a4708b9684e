package io.modelcache.benchmarks;

import java.util.Random;

/**
 * Makes vectors that lie as embeddings of sentences do: in topics, within these in
 * subjects, around a common direction, and with components of uneven sizes.
 */
final class SentenceVectors {

	static final int DIMENSIONS = 384;

	private static final int PER_TOPIC = 400;

	private static final int PER_SUBJECT = 20;

	private static final double COMMON = 0.3;

	private static final double TOPIC = 0.55;

	private static final double SUBJECT = 0.5;

	private static final double WORDING = 0.6;

	private static final double UNEVENNESS = 0.5;

	private final Random random;

	private final double[] sizes = new double[DIMENSIONS];

	private final float[] common;

	SentenceVectors(long seed) {
		this.random = new Random(seed);
		for (int i = 0; i < DIMENSIONS; i++) {
			this.sizes[i] = Math.exp(UNEVENNESS * this.random.nextGaussian());
		}
		this.common = direction();
	}

	/**
	 * Make the vectors of many sentences.
	 */
	float[][] sentences(int count) {
		float[][] topics = directions(1 + count / PER_TOPIC);
		float[][] subjects = directions(1 + count / PER_SUBJECT);
		float[][] sentences = new float[count][];
		for (int i = 0; i < count; i++) {
			float[] sentence = new float[DIMENSIONS];
			int subject = this.random.nextInt(subjects.length);
			add(sentence, this.common, COMMON);
			add(sentence, topics[subject % topics.length], TOPIC);
			add(sentence, subjects[subject], SUBJECT);
			add(sentence, direction(), WORDING);
			sentences[i] = unit(sentence);
		}
		return sentences;
	}

	/**
	 * Make the vector of another wording of a sentence.
	 * @param difference how much it differs: 0.2 gives a cosine of about 0.98, 0.75 one
	 * of about 0.8
	 */
	float[] reworded(float[] sentence, double difference) {
		float[] reworded = sentence.clone();
		add(reworded, direction(), difference);
		return unit(reworded);
	}

	private float[][] directions(int count) {
		float[][] directions = new float[count][];
		for (int i = 0; i < count; i++) {
			directions[i] = direction();
		}
		return directions;
	}

	private float[] direction() {
		float[] direction = new float[DIMENSIONS];
		for (int i = 0; i < DIMENSIONS; i++) {
			direction[i] = (float) (this.sizes[i] * this.random.nextGaussian());
		}
		return unit(direction);
	}

	private static void add(float[] sum, float[] vector, double factor) {
		for (int i = 0; i < sum.length; i++) {
			sum[i] += (float) (factor * vector[i]);
		}
	}

	private static float[] unit(float[] vector) {
		double squares = 0;
		for (float component : vector) {
			squares += (double) component * component;
		}
		float[] unit = new float[vector.length];
		add(unit, vector, 1 / Math.sqrt(squares));
		return unit;
	}

}
