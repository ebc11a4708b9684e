package io.modelcache.autoconfigure.schema;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a database answers but the tables are not there and cannot be made.
 */
public final class SchemaException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	SchemaException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return the text of a failure analysis
	 */
	String action() {
		return this.action;
	}

}
