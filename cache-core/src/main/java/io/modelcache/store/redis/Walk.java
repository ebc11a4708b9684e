package io.modelcache.store.redis;

/**
 * A way along the fingerprints of entries.
 */
interface Walk {

	/**
	 * Return where the walk begins.
	 */
	ScanPosition start();

	/**
	 * Take one step, which may find nothing.
	 * @param position where the walk goes on, neither at its end nor with a rest
	 * @param count about how many fingerprints are wanted
	 * @return the position after the step, what was found being its rest
	 * @throws IllegalArgumentException if there is no such position
	 */
	ScanPosition step(ScanPosition position, int count);

}
