package io.modelcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store cannot be reached, or does not answer in time, so that the next
 * call would most likely fail too.
 */
public class StoreUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what happened, without anything that is stored
	 * @param cause why, if that is known
	 */
	public StoreUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
