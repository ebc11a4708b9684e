package io.modelcache.store;

import java.util.Locale;

/**
 * A store was not asked, or did not answer in time: whoever asked goes on without it.
 * <p>
 * It is thrown often while a store is down, so it has no stack trace.
 */
public final class StoreUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	StoreUnavailableException(String store, Reason reason) {
		super("Store '%s' is unavailable: %s".formatted(store, reason.text), null, false, false);
		this.reason = reason;
	}

	/**
	 * Return why the store did not answer.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Why a store did not answer.
	 */
	public enum Reason {

		/**
		 * It failed before and is left alone for a while.
		 */
		OPEN("it failed and is left alone for a while"),

		/**
		 * As many calls as are allowed were under way for as long as the deadline. That
		 * is no failure of the store.
		 */
		BUSY("too many calls are under way"),

		/**
		 * The deadline has come. Of an eviction, that may also be the one for writes that
		 * are still under way: what they write may come after it.
		 */
		TIMEOUT("it did not answer in time"),

		/**
		 * The room for entries that wait to be written is used up.
		 */
		FULL("too many entries wait to be written"),

		/**
		 * The calling thread was interrupted; its flag is still set.
		 */
		INTERRUPTED("the caller was interrupted"),

		/**
		 * It was closed.
		 */
		CLOSED("it is closed");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
