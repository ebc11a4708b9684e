package io.modelcache.store;

import java.util.Collection;

import io.modelcache.key.Fingerprint;

/**
 * Hears which entries a {@link RemovalSource} no longer has.
 */
public interface RemovalListener {

	/**
	 * Single entries are gone or were replaced.
	 * @param fingerprints their fingerprints
	 * @param cause why
	 */
	void removed(Collection<Fingerprint> fingerprints, RemovalCause cause);

	/**
	 * All entries that a selector matched are gone; a store may tell this instead of the
	 * single entries.
	 * @param selector which entries, possibly more than were removed
	 */
	void cleared(Selector selector);

	/**
	 * News may have been missed, for the connection that brings it was lost for a while.
	 * Whoever answers from copies must not trust them any more. By default that is as if
	 * everything had been cleared.
	 */
	default void missed() {
		cleared(Selector.all());
	}

}
