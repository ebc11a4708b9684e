package io.modelcache.store;

import java.util.concurrent.CompletableFuture;

/**
 * One call to a store that is about to be made.
 *
 * @param <T> the type of the answer
 */
@FunctionalInterface
interface Attempt<T> {

	/**
	 * Make the call.
	 * @param ended to be run once the call no longer holds anything up, which may be
	 * later than the moment at which nobody waits for it any more; not needed if this
	 * throws, and more than once does no harm
	 * @return the answer to come
	 */
	CompletableFuture<T> start(Runnable ended);

}
