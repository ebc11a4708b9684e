package io.modelcache.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.modelcache.key.Fingerprint;

/**
 * Some of the entries asked for were found before a read failed: whoever asked can use
 * them and do without the rest.
 * <p>
 * The failure is the cause. This exception only carries it, so it has no stack trace of
 * its own.
 */
public final class PartialReadException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<Fingerprint, StoredEntry> found;

	/**
	 * Create an exception.
	 * @param found the entries that were found, by fingerprint
	 * @param failure why there are no more
	 */
	public PartialReadException(Map<Fingerprint, StoredEntry> found, Throwable failure) {
		super("%d entries were found before the store failed".formatted(found.size()), failure, false, false);
		this.found = Map.copyOf(found);
	}

	/**
	 * Return what to throw when a read fails after others have found something: the
	 * failure itself if there is nothing to add to it.
	 * @param found what the others have found
	 * @param failure what the read has thrown
	 */
	static RuntimeException after(Map<Fingerprint, StoredEntry> found, RuntimeException failure) {
		if (found.isEmpty()) {
			return failure;
		}
		if (!(failure instanceof PartialReadException partial)) {
			return new PartialReadException(found, failure);
		}
		Map<Fingerprint, StoredEntry> all = new HashMap<>(found);
		all.putAll(partial.found());
		return new PartialReadException(all, partial.getCause());
	}

	/**
	 * Return what was found.
	 * @return the entries by fingerprint
	 */
	public Map<Fingerprint, StoredEntry> found() {
		return this.found;
	}

	/**
	 * Return why there are no more.
	 * @return the failure
	 */
	@Override
	public synchronized Throwable getCause() {
		return Objects.requireNonNull(super.getCause());
	}

}
