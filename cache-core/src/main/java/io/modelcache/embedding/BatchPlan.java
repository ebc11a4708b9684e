package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a batch are known, which must be asked, and how to put them back in
 * order.
 * <p>
 * Every distinct input has a place, in first-seen order, by which all methods know it.
 *
 * @param <I> the type of the inputs
 */
final class BatchPlan<I> {

	private final int[] places;

	private final Map<Fingerprint, Integer> placeOf;

	private final List<Fingerprint> keys;

	private final List<I> inputs;

	private final BitSet blank = new BitSet();

	private final BitSet cached = new BitSet();

	private final @Nullable Vector[] vectors;

	BatchPlan(Question<I> question) {
		int size = question.keys().size();
		this.places = new int[size];
		this.placeOf = new HashMap<>(size * 2);
		this.keys = new ArrayList<>(size);
		this.inputs = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			this.places[i] = place(question.keys().get(i), question, i);
		}
		this.vectors = new Vector[this.keys.size()];
	}

	private int place(Fingerprint key, Question<I> question, int index) {
		int place = this.keys.size();
		Integer known = this.placeOf.putIfAbsent(key, place);
		if (known != null) {
			return known;
		}
		this.keys.add(key);
		this.inputs.add(question.inputs().get(index));
		this.blank.set(place, question.texts().get(index).isBlank());
		return place;
	}

	/**
	 * Return the places of all distinct inputs.
	 */
	int[] all() {
		return IntStream.range(0, this.keys.size()).toArray();
	}

	Fingerprint key(int place) {
		return this.keys.get(place);
	}

	List<Fingerprint> keys(int[] some) {
		return select(this.keys, some);
	}

	List<I> inputs(int[] some) {
		return select(this.inputs, some);
	}

	/**
	 * Tell whether all of some fingerprints are among the inputs.
	 */
	boolean includes(Collection<Fingerprint> fingerprints) {
		return this.placeOf.keySet().containsAll(fingerprints);
	}

	/**
	 * Learn a vector from the cache.
	 */
	void recall(int place, Vector vector) {
		this.vectors[place] = vector;
		this.cached.set(place);
	}

	/**
	 * Learn a vector that the model has just given.
	 */
	void learn(int place, Vector vector) {
		this.vectors[place] = vector;
		this.cached.clear(place);
	}

	boolean knows(int place) {
		return this.vectors[place] != null;
	}

	/**
	 * Return the vector of a place that is {@linkplain #knows known}.
	 */
	Vector vector(int place) {
		Vector vector = this.vectors[place];
		if (vector == null) {
			throw new IllegalStateException("No vector for " + this.keys.get(place).id());
		}
		return vector;
	}

	/**
	 * Return the places that must be asked.
	 */
	int[] missing() {
		return IntStream.range(0, this.vectors.length).filter((place) -> this.vectors[place] == null).toArray();
	}

	/**
	 * Find where a slice of some inputs ends: after a number of them, or later if the
	 * slice or all that comes after it would consist of blank texts alone.
	 */
	int endOfSlice(int[] some, int start, int size) {
		int end = Math.min(start + size, some.length);
		while (end < some.length && (allBlank(some, start, end) || allBlank(some, end, some.length))) {
			end++;
		}
		return end;
	}

	/**
	 * Add a text that is not blank to inputs that all are, if the batch has one: some
	 * models give an empty vector for a blank text in company and refuse it alone.
	 */
	int[] inCompany(int[] some) {
		if (!allBlank(some, 0, some.length)) {
			return some;
		}
		int companion = this.blank.nextClearBit(0);
		return (companion < this.vectors.length) ? sorted(some, companion) : some;
	}

	/**
	 * Forget vectors until those that are left were all given by one model.
	 * @param model the model, or {@code null} to forget all unless they agree
	 */
	void keepOneModelOnly(@Nullable AnsweringModel model) {
		AnsweringModel standard = (model != null) ? model : anyModel();
		if (standard == null) {
			return;
		}
		boolean agree = forgetOthers(all(), standard);
		if (model == null && !agree) {
			Arrays.fill(this.vectors, null);
		}
	}

	/**
	 * Forget those of some vectors that do not fit a model.
	 * @return whether there were none
	 */
	boolean forgetOthers(int[] some, AnsweringModel model) {
		boolean agree = true;
		for (int place : some) {
			Vector vector = this.vectors[place];
			if (vector != null && !vector.isEmpty() && !model.fits(vector)) {
				this.vectors[place] = null;
				agree = false;
			}
		}
		return agree;
	}

	private @Nullable AnsweringModel anyModel() {
		for (Vector vector : this.vectors) {
			if (vector != null && !vector.isEmpty()) {
				return AnsweringModel.of(vector);
			}
		}
		return null;
	}

	/**
	 * Return the vectors in the order of the inputs, each in an array of its own.
	 * @throws IllegalStateException if one is still missing
	 */
	List<float[]> inOrder() {
		List<float[]> result = new ArrayList<>(this.places.length);
		BitSet used = new BitSet(this.vectors.length);
		for (int place : this.places) {
			float[] values = vector(place).values();
			result.add(used.get(place) ? values.clone() : values);
			used.set(place);
		}
		return result;
	}

	/**
	 * Return how many of the inputs, duplicates included, the cache knew.
	 */
	int hits() {
		int hits = 0;
		for (int place : this.places) {
			hits += (this.vectors[place] != null && this.cached.get(place)) ? 1 : 0;
		}
		return hits;
	}

	/**
	 * Return the number of inputs, duplicates included.
	 */
	int size() {
		return this.places.length;
	}

	private boolean allBlank(int[] some, int from, int to) {
		return IntStream.range(from, to).allMatch((index) -> this.blank.get(some[index]));
	}

	private static <T> List<T> select(List<T> all, int[] some) {
		List<T> selected = new ArrayList<>(some.length);
		for (int place : some) {
			selected.add(all.get(place));
		}
		return selected;
	}

	private static int[] sorted(int[] some, int another) {
		int[] all = Arrays.copyOf(some, some.length + 1);
		all[some.length] = another;
		Arrays.sort(all);
		return all;
	}

}
