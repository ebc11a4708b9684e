package io.modelcache.embedding;

import java.util.List;

/**
 * A way of asking the model for vectors.
 *
 * @param <I> the type of the inputs
 */
interface Asking<I> {

	/**
	 * Ask for some of the inputs.
	 * @param some the inputs, not empty, no two the same
	 * @return what the model gave
	 */
	ModelAnswer ask(List<I> some);

	/**
	 * Cut some of the inputs into parts that the model is asked for one after the other.
	 * @param some the inputs, not empty
	 * @return the parts, which are the inputs in the same order
	 */
	default List<List<I>> parts(List<I> some) {
		return List.of(some);
	}

}
