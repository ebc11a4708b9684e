package io.modelcache.chat.semantic;

/**
 * An embedding model gave a vector by which nothing can be found.
 */
public final class UnusableVectorException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	UnusableVectorException(String message) {
		super(message);
	}

	static UnusableVectorException otherDimensions(int actual) {
		return new UnusableVectorException(
				"The vector has %d dimensions, those of its partition have others".formatted(actual));
	}

	static UnusableVectorException otherDimensions(int actual, int expected) {
		return new UnusableVectorException(
				"The vector has %d dimensions, those of its partition have %d".formatted(actual, expected));
	}

}
