package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a batch are known, which must be asked, and how to put them back in
 * order.
 *
 * @param <I> the type of the inputs
 */
final class BatchPlan<I> {

	private final List<Fingerprint> order;

	private final Map<Fingerprint, I> distinct = new LinkedHashMap<>();

	private final Map<Fingerprint, float[]> vectors = new HashMap<>();

	/**
	 * Plan a batch.
	 * @param order the fingerprint of each input
	 * @param inputs the inputs, in the same order
	 */
	BatchPlan(List<Fingerprint> order, List<I> inputs) {
		this.order = order;
		for (int i = 0; i < order.size(); i++) {
			this.distinct.putIfAbsent(order.get(i), inputs.get(i));
		}
	}

	/**
	 * Return what to look up, each input once, in first-seen order.
	 */
	Set<Fingerprint> distinct() {
		return this.distinct.keySet();
	}

	void learn(Fingerprint fingerprint, float[] vector) {
		this.vectors.put(fingerprint, vector);
	}

	/**
	 * Return what must be asked, each input once, in first-seen order.
	 */
	Map<Fingerprint, I> missing() {
		Map<Fingerprint, I> missing = new LinkedHashMap<>();
		this.distinct.forEach((fingerprint, input) -> {
			if (!this.vectors.containsKey(fingerprint)) {
				missing.put(fingerprint, input);
			}
		});
		return missing;
	}

	/**
	 * Return the vectors in the order of the inputs, each in an array of its own.
	 * @throws IllegalStateException if one is still missing
	 */
	List<float[]> inOrder() {
		List<float[]> result = new ArrayList<>(this.order.size());
		Map<Fingerprint, Boolean> used = new HashMap<>();
		for (Fingerprint fingerprint : this.order) {
			float[] vector = vector(fingerprint);
			result.add((used.put(fingerprint, Boolean.TRUE) == null) ? vector : vector.clone());
		}
		return result;
	}

	/**
	 * Return how many of the inputs, duplicates included, are among some fingerprints.
	 */
	int count(Set<Fingerprint> fingerprints) {
		int count = 0;
		for (Fingerprint fingerprint : this.order) {
			count += fingerprints.contains(fingerprint) ? 1 : 0;
		}
		return count;
	}

	private float[] vector(Fingerprint fingerprint) {
		float @Nullable [] vector = this.vectors.get(fingerprint);
		if (vector == null) {
			throw new IllegalStateException("No vector for " + fingerprint.id());
		}
		return vector;
	}

}
