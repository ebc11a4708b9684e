package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * The way of one question to its vectors.
 *
 * @param <I> the type of the inputs
 */
final class BatchRun<I> {

	/**
	 * How often a question may be started again because another model answers.
	 */
	private static final int ATTEMPTS = 2;

	private final BatchRunner runner;

	private final Question<I> question;

	private final Asking<I> model;

	private final BatchPlan<I> plan;

	private int asked;

	private int stored;

	private boolean collapsed;

	private @Nullable AnsweringModel answering;

	BatchRun(BatchRunner runner, Question<I> question, Asking<I> model) {
		this.runner = runner;
		this.question = question;
		this.model = model;
		this.plan = new BatchPlan<>(question);
	}

	/**
	 * Run.
	 * @return the vectors, or {@code null} if the model's answer does not fit
	 */
	BatchRunner.@Nullable Outcome run() {
		VectorFlights flights = this.question.isShareable() ? this.runner.flights() : null;
		long landings = (flights != null) ? flights.landings() : 0;
		this.runner.cache().look(this.plan, this.plan.all(), this.question);
		this.plan.keepOneModelOnly(this.runner.models().latest(this.question.request()));
		int[] missing = this.plan.missing();
		requireHit(missing);
		for (int attempt = 0; missing.length > 0; attempt++) {
			if (attempt == ATTEMPTS || !answer(missing, flights, landings)) {
				return null;
			}
			this.plan.keepOneModelOnly(this.answering);
			missing = this.plan.missing();
		}
		return outcome();
	}

	/**
	 * Ask, or wait for those who do, until everything is answered.
	 * @return whether all answers fitted
	 */
	private boolean answer(int[] missing, @Nullable VectorFlights flights, long landings) {
		if (flights == null) {
			return ask(missing, null);
		}
		int[] open = missing;
		while (open.length > 0) {
			SharedAsking<I> sharing = new SharedAsking<>(this, this.plan, flights);
			if (!sharing.lead(open, landings) || !ask(sharing.follow(), sharing)) {
				return false;
			}
			open = this.plan.missing();
		}
		return true;
	}

	/**
	 * Look again for vectors that have landed since the cache was asked.
	 */
	void lookAgain(int[] some) {
		this.runner.cache().look(this.plan, some, this.question);
		AnsweringModel latest = this.runner.models().latest(this.question.request());
		if (latest != null) {
			this.plan.forgetOthers(some, latest);
		}
	}

	/**
	 * Ask the model for some vectors and keep them, part by part.
	 * @param places which
	 * @param sharing is told of each part
	 * @return whether all answers fitted
	 */
	boolean ask(int[] places, @Nullable SharedAsking<I> sharing) {
		if (places.length == 0) {
			return true;
		}
		int[] all = this.plan.inCompany(places);
		int start = 0;
		for (List<I> part : parts(all)) {
			int[] some = Arrays.copyOfRange(all, start, start + part.size());
			if (sharing != null) {
				sharing.asking(some);
			}
			this.runner.cache().asking();
			if (!learn(some, this.model.ask(part), sharing)) {
				return false;
			}
			start += part.size();
		}
		return true;
	}

	/**
	 * Take over a vector that another call has got.
	 */
	void takeOver(int place, VectorFlight.Given given) {
		Vector vector = given.vector().copy();
		this.plan.learn(place, vector);
		this.asked++;
		this.stored += given.stored() ? 1 : 0;
		this.collapsed = true;
		this.answering = AnsweringModel.of(vector);
	}

	private boolean learn(int[] places, ModelAnswer answer, @Nullable SharedAsking<I> sharing) {
		if (!answer.fits(places.length)) {
			return false;
		}
		List<Vector> vectors = answer.vectors(hear(answer));
		int kept = this.runner.cache().keep(this.plan.keys(places), vectors, this.question);
		this.asked += places.length;
		this.stored += kept;
		for (int i = 0; i < places.length; i++) {
			this.plan.learn(places[i], vectors.get(i));
		}
		if (sharing != null) {
			sharing.given(places, vectors, kept == places.length);
		}
		return true;
	}

	/**
	 * Hear who answers; an answer of empty vectors only says nothing about that.
	 */
	private long hear(ModelAnswer answer) {
		if (answer.dimensions() == 0) {
			return AnsweringModel.UNKNOWN;
		}
		AnsweringModel heard = AnsweringModel.of(answer.model(), answer.dimensions(), answer.firstIndex());
		this.runner.models().hear(this.question.request(), heard);
		this.answering = heard;
		return heard.source();
	}

	private List<List<I>> parts(int[] places) {
		List<List<I>> parts = new ArrayList<>();
		int offset = 0;
		for (List<I> part : this.model.parts(this.plan.inputs(places))) {
			int[] some = Arrays.copyOfRange(places, offset, offset + part.size());
			int size = this.runner.partSize(part.size());
			for (int start = 0, end; start < some.length; start = end) {
				end = this.plan.endOfSlice(some, start, size);
				parts.add(part.subList(start, end));
			}
			offset += part.size();
		}
		return parts;
	}

	private void requireHit(int[] missing) {
		if (missing.length > 0 && this.question.directives().mustHit()) {
			throw this.runner.cache()
				.refusal(this.runner.cache()
					.status(this.plan.hits(), this.plan.size() - this.plan.hits(), this.question));
		}
	}

	private BatchRunner.Outcome outcome() {
		int hits = this.plan.hits();
		CacheStatus status = this.runner.cache()
			.report(hits, this.plan.size() - hits, this.stored > 0 && this.stored == this.asked, this.collapsed,
					this.question);
		return new BatchRunner.Outcome(this.plan.inOrder(), this.runner.models().latest(this.question.request()),
				status);
	}

}
