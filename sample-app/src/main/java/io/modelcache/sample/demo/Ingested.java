package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Documents ingested twice.
 *
 * @param way how
 * @param first the first time
 * @param second the second time
 */
record Ingested(String way, Time first, Time second) {

	double factor() {
		return this.first.millis() / this.second.millis();
	}

	/**
	 * One time.
	 *
	 * @param took how long it took
	 * @param calls how often the provider was called, or -1 if nobody counts
	 */
	record Time(Duration took, long calls) {

		static Time of(Runnable ingestion, LongSupplier calls) {
			long before = calls.getAsLong();
			long start = System.nanoTime();
			ingestion.run();
			Duration took = Duration.ofNanos(System.nanoTime() - start);
			return new Time(took, (before < 0) ? -1 : calls.getAsLong() - before);
		}

		double millis() {
			return this.took.toNanos() / 1e6;
		}

	}

}
