package io.modelcache;

/**
 * Thrown when an answer must not be stored because it could not be brought back as it is.
 */
public final class UnstorableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	/**
	 * Create an exception for one reason.
	 * @param reason why, in one word that is the same for all such answers
	 */
	public UnstorableException(String reason) {
		super("The answer cannot be stored: " + reason, null, false, false);
		this.reason = reason;
	}

	/**
	 * Return the reason.
	 * @return why, in one word
	 */
	public String reason() {
		return this.reason;
	}

}
