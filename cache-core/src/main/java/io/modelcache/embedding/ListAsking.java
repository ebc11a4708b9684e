package io.modelcache.embedding;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Asks the model by a method that gives bare vectors, and remembers what it said.
 *
 * @param <I> the type of the inputs
 */
final class ListAsking<I> implements Asking<I> {

	private final List<I> inputs;

	private final Function<List<I>, List<float[]>> model;

	private boolean whole;

	private @Nullable List<float[]> said;

	ListAsking(List<I> inputs, Function<List<I>, List<float[]>> model) {
		this.inputs = inputs;
		this.model = model;
	}

	@Override
	public ModelAnswer ask(List<I> some) {
		this.whole = some.size() == this.inputs.size();
		this.said = this.model.apply(this.whole ? this.inputs : some);
		return ModelAnswer.of(this.said);
	}

	/**
	 * Tell whether the model was last asked for everything.
	 */
	boolean isWhole() {
		return this.whole;
	}

	/**
	 * Return what the model says to all inputs together, for an answer that does not fit
	 * the question cannot be combined with anything. A model may break its contract and
	 * answer {@code null}, which is passed on.
	 */
	@SuppressWarnings("NullAway")
	List<float[]> whatTheModelSays() {
		return this.whole ? this.said : this.model.apply(this.inputs);
	}

}
