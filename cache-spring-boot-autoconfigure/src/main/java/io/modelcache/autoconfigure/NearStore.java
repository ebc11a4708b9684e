package io.modelcache.autoconfigure;

import java.util.Locale;

/**
 * What is kept in front of a store that is elsewhere.
 */
enum NearStore {

	/**
	 * Nothing.
	 */
	NONE,

	/**
	 * A store on the heap of this JVM.
	 */
	CAFFEINE;

	/**
	 * Return this choice as it is written in a property.
	 * @return the name in lower case
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
