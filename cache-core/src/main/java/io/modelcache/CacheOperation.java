package io.modelcache;

/**
 * What the cache was doing when something failed.
 */
public enum CacheOperation {

	/**
	 * Asking the store for entries.
	 */
	READ,

	/**
	 * Giving entries to the store.
	 */
	WRITE,

	/**
	 * Removing entries from the store.
	 */
	EVICT,

	/**
	 * Making bytes of an answer.
	 */
	ENCODE,

	/**
	 * Making an answer of bytes, which includes the proof that they belong to the
	 * question.
	 */
	DECODE,

	/**
	 * Asking a policy bean.
	 */
	POLICY,

	/**
	 * Renewing a stale answer in the background.
	 */
	REFRESH,

	/**
	 * Taking the lease of a request in the store, or giving it back.
	 */
	LEASE,

	/**
	 * Making a vector of a question.
	 */
	EMBED,

	/**
	 * Asking the index of vectors, or changing it.
	 */
	INDEX,

	/**
	 * Asking the model in the background whether an answer that was given is right.
	 */
	SHADOW

}
