package io.modelcache;

/**
 * Thrown when an entry that a store returned is not the one asked for, or not whole.
 */
final class EntryMismatchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EntryMismatchException(String why) {
		super("The entry does not fit: " + why, null, false, false);
	}

}
