package io.modelcache;

import java.util.EnumMap;
import java.util.Map;

import io.modelcache.store.FailureText;
import io.modelcache.store.StoreUnavailableException;
import io.modelcache.store.StoreUnavailableException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a failure of the cache ends: it is counted by the listener and, once a minute for
 * each kind of operation, said in the log.
 */
public final class FailureReport {

	private static final Logger logger = LoggerFactory.getLogger(ModelCache.class);

	private final String cache;

	private final CacheListener listener;

	private final Map<CacheOperation, QuietLog> logs = new EnumMap<>(CacheOperation.class);

	/**
	 * Create a report for one cache.
	 * @param cache the name of the cache
	 * @param listener counts the failures
	 */
	public FailureReport(String cache, CacheListener listener) {
		this.cache = cache;
		this.listener = listener;
		for (CacheOperation operation : CacheOperation.values()) {
			this.logs.put(operation, new QuietLog());
		}
	}

	/**
	 * Report a failure.
	 * @param operation what was tried
	 * @param failure what was thrown
	 * @throws VirtualMachineError if that is what was thrown
	 */
	public void report(CacheOperation operation, Throwable failure) {
		if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
			throw error;
		}
		this.listener.onFailure(this.cache, operation, failure);
		QuietLog log = this.logs.get(operation);
		if (log != null && !isSaid(failure)) {
			log.say((before) -> write(operation, failure, before));
		}
	}

	/**
	 * The guard of a store has a line of its own for the store being left alone.
	 */
	private static boolean isSaid(Throwable failure) {
		return failure instanceof StoreUnavailableException unavailable
				&& (unavailable.getReason() == Reason.OPEN || unavailable.getReason() == Reason.TIMEOUT);
	}

	/**
	 * What a codec, a policy or a model throws may quote the question or the answer even
	 * if it is of this library, so only its type is said.
	 */
	private void write(CacheOperation operation, Throwable failure, long before) {
		boolean quotable = failure instanceof EntryMismatchException || isOfStore(operation);
		logger.warn("Cache '{}' failed to {} and goes on without it ({} such failures before): {}", this.cache,
				verb(operation), before, quotable ? FailureText.of(failure) : failure.getClass().getName());
		if (quotable && logger.isDebugEnabled()) {
			logger.debug("Failure of cache '{}'", this.cache, FailureText.stripped(failure));
		}
	}

	private static boolean isOfStore(CacheOperation operation) {
		return switch (operation) {
			case READ, WRITE, EVICT, LEASE, INDEX -> true;
			case ENCODE, DECODE, POLICY, REFRESH, EMBED, SHADOW -> false;
		};
	}

	private static String verb(CacheOperation operation) {
		return switch (operation) {
			case READ -> "read from its store";
			case WRITE -> "write to its store";
			case EVICT -> "evict from its store";
			case ENCODE -> "encode an answer";
			case DECODE -> "decode an entry";
			case POLICY -> "ask a policy";
			case REFRESH -> "renew a stale answer";
			case LEASE -> "agree with other instances";
			case EMBED -> "make a vector of a question";
			case INDEX -> "use its index of vectors";
			case SHADOW -> "check an answer that was given";
		};
	}

}
