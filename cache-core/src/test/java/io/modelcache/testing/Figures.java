package io.modelcache.testing;

import java.time.Duration;

/**
 * Says what a test has measured, to be read in the output of the build.
 */
public final class Figures {

	private Figures() {
	}

	/**
	 * Say how long something took.
	 * @param what what was measured
	 * @param took how long it took
	 */
	public static void say(String what, Duration took) {
		System.out.printf("measured: %s: %.3f ms%n", what, took.toNanos() / 1e6);
	}

}
