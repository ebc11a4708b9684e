package io.modelcache.testing;

import org.opentest4j.TestAbortedException;

/**
 * Something that a test needs and a machine may lack, such as a browser or a server.
 * Without it the test is skipped with the reason; when the system property
 * {@value #STRICT} is {@code true} the test fails instead.
 */
public final class Requirement {

	/**
	 * The system property that turns every skip into a failure.
	 */
	public static final String STRICT = "modelcache.tests.strict";

	private Requirement() {
	}

	/**
	 * Let the test go on only when what it needs is there.
	 * @param available whether it is there
	 * @param reason what is missing, and how to get it
	 */
	public static void check(boolean available, String reason) {
		if (available) {
			return;
		}
		if (Boolean.getBoolean(STRICT)) {
			throw new AssertionError("Required because of -D" + STRICT + ": " + reason);
		}
		throw new TestAbortedException(reason);
	}

}
