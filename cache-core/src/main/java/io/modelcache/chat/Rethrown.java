package io.modelcache.chat;

/**
 * Throws what a model threw, as it is.
 */
final class Rethrown {

	private Rethrown() {
	}

	/**
	 * Throw a failure, checked or not, without wrapping it.
	 * @return never; the type lets the caller say {@code throw}
	 */
	@SuppressWarnings("unchecked")
	static <X extends Throwable> RuntimeException as(Throwable failure) throws X {
		throw (X) failure;
	}

}
