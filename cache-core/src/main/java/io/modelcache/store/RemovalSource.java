package io.modelcache.store;

/**
 * What a store can also do: tell when entries go, wherever they were removed. Found by
 * {@link CacheStore#capability}.
 * <p>
 * News is best effort: it may come late and, if a connection was lost, not at all. What
 * follows it must therefore stay correct without it.
 */
public interface RemovalSource {

	/**
	 * Listen from now on.
	 * @param listener the listener; it is called on any thread, must not block and must
	 * not throw
	 * @return ends the listening when closed
	 */
	Subscription subscribe(RemovalListener listener);

	/**
	 * Ends the listening.
	 */
	interface Subscription extends AutoCloseable {

		@Override
		void close();

	}

}
