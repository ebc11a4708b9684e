package io.modelcache.store.jdbc;

import java.util.Arrays;

/**
 * How long each of many calls took.
 */
final class Latencies {

	private long[] nanos = new long[1024];

	private int count;

	void add(long duration) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
		}
		this.nanos[this.count++] = duration;
	}

	int count() {
		return this.count;
	}

	/**
	 * Return what so many percent of the calls did not exceed, in microseconds.
	 */
	double percentile(int percent) {
		long[] sorted = Arrays.copyOf(this.nanos, this.count);
		Arrays.sort(sorted);
		return sorted[Math.min(this.count * percent / 100, this.count - 1)] / 1000.0;
	}

}
