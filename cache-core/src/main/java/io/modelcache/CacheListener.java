package io.modelcache;

import java.util.List;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the caches do, for meters and logs.
 * <p>
 * Methods are called on the thread of the request and must return quickly. What one
 * throws is caught, see {@link #guarded()}. No method is given anything of a question, an
 * answer or a scope.
 */
public interface CacheListener {

	/**
	 * Hears nothing.
	 */
	CacheListener NONE = new CacheListener() {

	};

	/**
	 * The cache answered.
	 * @param cache the name of the cache
	 * @param status what it did
	 */
	default void onHit(String cache, CacheStatus status) {
	}

	/**
	 * The model answered, because the cache could not or for some of a batch only.
	 * @param cache the name of the cache
	 * @param status what it did
	 */
	default void onMiss(String cache, CacheStatus status) {
	}

	/**
	 * The cache is left aside; the model is asked next.
	 * @param cache the name of the cache
	 * @param status what it did; its {@link CacheStatus#detail() detail} is the reason
	 */
	default void onBypass(String cache, CacheStatus status) {
	}

	/**
	 * The cache was asked. That happens more than once for a call that waited for another
	 * one, and also to renew an answer, so it is not the number of calls.
	 * @param cache the name of the cache
	 * @param layer what answered, or what was asked in vain, such as {@code caffeine}
	 * @param status what was found
	 * @param nanos how long it took, in nanoseconds; to make the key is not included
	 */
	default void onLookup(String cache, String layer, CacheStatus status, long nanos) {
	}

	/**
	 * The model is asked now, whether for a caller, past the cache, to renew an answer or
	 * to check one.
	 * @param cache the name of the cache
	 */
	default void onModelCall(String cache) {
	}

	/**
	 * A caller has an answer for which the model was not asked: after a
	 * {@linkplain #onHit hit}, or after a {@linkplain #onMiss miss} that is
	 * {@linkplain CacheStatus#collapsed() collapsed}. A batch of embeddings counts as a
	 * whole, and only if all of it was known.
	 * @param cache the name of the cache
	 * @param status what the cache did
	 * @param saved what the model would have been asked for
	 */
	default void onSaved(String cache, CacheStatus status, SavedCall saved) {
	}

	/**
	 * An answer was stored.
	 * @param cache the name of the cache
	 * @param key its fingerprint
	 * @param bytes the size of what was stored
	 */
	default void onStore(String cache, Fingerprint key, int bytes) {
	}

	/**
	 * An answer was not stored although nothing failed.
	 * @param cache the name of the cache
	 * @param reason why, in one word that is the same for all such answers
	 */
	default void onReject(String cache, String reason) {
	}

	/**
	 * Something of the cache failed. The call that it happened to goes on without it.
	 * @param cache the name of the cache
	 * @param operation what was tried
	 * @param failure what was thrown
	 */
	default void onFailure(String cache, CacheOperation operation, Throwable failure) {
	}

	/**
	 * Only exactly the same question may be answered from the cache, none that means the
	 * same.
	 * @param cache the name of the cache
	 * @param reason why, in one word out of few, such as {@code language}
	 */
	default void onExactOnly(String cache, String reason) {
	}

	/**
	 * An answer to a similar question was found and not given. The question goes on to
	 * the next candidate or to the model. An answer that is given is an
	 * {@linkplain #onHit hit} whose status has a {@linkplain CacheStatus#similarity()
	 * similarity}.
	 * @param cache the name of the cache
	 * @param guard what spoke against it, in one word out of few, such as {@code number}
	 * or {@code threshold}
	 * @param similarity the cosine similarity of the two questions, between -1 and 1
	 */
	default void onRefusal(String cache, String guard, double similarity) {
	}

	/**
	 * The model was asked in the background what had been answered from a similar
	 * question, and both answers were compared.
	 * @param cache the name of the cache
	 * @param similarity the cosine similarity of the two questions, between -1 and 1
	 * @param right whether the answer that was given says the same as that of the model
	 */
	default void onShadowCheck(String cache, double similarity, boolean right) {
	}

	/**
	 * A vector was made of a question, to look for similar ones.
	 * @param cache the name of the cache
	 * @param model the name of the embedding model, or {@code null} if it did not tell
	 * @param tokens what that took by the model's own account, 0 if it did not tell or
	 * was not asked
	 */
	default void onQuestionEmbedded(String cache, @Nullable String model, long tokens) {
	}

	/**
	 * Protect the caches from what this listener throws.
	 * @return a listener that never throws an exception
	 */
	default CacheListener guarded() {
		return (this == NONE || this instanceof GuardedCacheListener) ? this : new GuardedCacheListener(List.of(this));
	}

	/**
	 * Tell several listeners, each one guarded from the others.
	 * @param listeners the listeners, in this order
	 * @return one listener
	 */
	static CacheListener composite(List<? extends CacheListener> listeners) {
		return listeners.isEmpty() ? NONE : new GuardedCacheListener(List.copyOf(listeners));
	}

}
