package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.modelcache.CacheStatus;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Runs a batch: one look at the cache, the model for what is missing, everything back in
 * order.
 */
final class BatchRunner {

	private final VectorCache cache;

	private final int batchSize;

	BatchRunner(VectorCache cache, int batchSize) {
		this.cache = cache;
		this.batchSize = batchSize;
	}

	/**
	 * Run a batch.
	 * @param keys the fingerprint of each input
	 * @param inputs the inputs
	 * @param model asks the model for some of the inputs; its answer is kept only if it
	 * has a vector for each of them
	 * @return the vectors in order, or {@code null} if the model's answer does not fit
	 * the question, so that nothing can be said about which vector belongs where
	 */
	<I> @Nullable Outcome run(List<Fingerprint> keys, List<I> inputs, Function<List<I>, List<float[]>> model) {
		BatchPlan<I> plan = new BatchPlan<>(keys, inputs);
		this.cache.look(plan);
		Map<Fingerprint, I> missing = plan.missing();
		int misses = plan.count(missing.keySet());
		int stored = 0;
		for (Map<Fingerprint, I> slice : slices(missing)) {
			List<float[]> vectors = model.apply(new ArrayList<>(slice.values()));
			if (!fits(vectors, slice.size())) {
				return null;
			}
			stored += this.cache.learn(plan, slice.keySet(), vectors);
		}
		CacheStatus status = this.cache.report(keys.size() - misses, misses,
				!missing.isEmpty() && stored == missing.size());
		return new Outcome(plan.inOrder(), missing.keySet(), status);
	}

	private <I> List<Map<Fingerprint, I>> slices(Map<Fingerprint, I> missing) {
		if (this.batchSize <= 0 || missing.size() <= this.batchSize) {
			return missing.isEmpty() ? List.of() : List.of(missing);
		}
		List<Map<Fingerprint, I>> slices = new ArrayList<>();
		Map<Fingerprint, I> slice = new LinkedHashMap<>();
		for (Map.Entry<Fingerprint, I> entry : missing.entrySet()) {
			slice.put(entry.getKey(), entry.getValue());
			if (slice.size() == this.batchSize) {
				slices.add(slice);
				slice = new LinkedHashMap<>();
			}
		}
		if (!slice.isEmpty()) {
			slices.add(slice);
		}
		return slices;
	}

	private static boolean fits(@Nullable List<float[]> vectors, int size) {
		if (vectors == null || vectors.size() != size) {
			return false;
		}
		for (float[] vector : vectors) {
			if (vector == null || vector.length == 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What came of a batch.
	 *
	 * @param vectors the vectors in the order of the inputs
	 * @param asked what the model was asked for
	 * @param status what the cache did
	 */
	record Outcome(List<float[]> vectors, Set<Fingerprint> asked, CacheStatus status) {

	}

}
