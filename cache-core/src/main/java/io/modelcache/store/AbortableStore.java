package io.modelcache.store;

/**
 * What a store can also do: end a call that waits for a server which may never answer.
 * Found by {@link CacheStore#capability}.
 * <p>
 * The guard asks for this long after nobody waits for the call any more, so that a server
 * that vanishes without a word does not keep threads and connections for good.
 */
public interface AbortableStore {

	/**
	 * End the call that a thread makes at the moment, by closing its connection. It then
	 * fails. This neither waits for the server nor interrupts the thread, and if the
	 * thread waits for nothing, it does nothing.
	 * @param thread the thread that makes the call
	 */
	void abort(Thread thread);

}
