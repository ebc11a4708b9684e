package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.modelcache.CacheStatus;

import org.springframework.ai.model.ModelResponse;

/**
 * One question asked twice.
 *
 * @param kind what kind of question
 * @param first the first call
 * @param second the second call
 */
record Twice(String kind, Call first, Call second) {

	static Twice ask(String kind, Supplier<? extends ModelResponse<?>> question, LongSupplier nanoTime) {
		return new Twice(kind, Call.time(question, nanoTime), Call.time(question, nanoTime));
	}

	double factor() {
		return this.first.millis() / this.second.millis();
	}

	/**
	 * One call.
	 *
	 * @param took how long it took
	 * @param hit whether the answer came from the cache
	 */
	record Call(Duration took, boolean hit) {

		static Call time(Supplier<? extends ModelResponse<?>> question, LongSupplier nanoTime) {
			long start = nanoTime.getAsLong();
			ModelResponse<?> response = question.get();
			Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
			return new Call(took, CacheStatus.of(response).hit());
		}

		double millis() {
			return this.took.toNanos() / 1e6;
		}

		String outcome() {
			return this.hit ? "hit" : "miss";
		}

	}

}
