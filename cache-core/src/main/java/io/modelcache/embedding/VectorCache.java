package io.modelcache.embedding;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheDirectives;
import io.modelcache.CacheListener;
import io.modelcache.CacheMissException;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.CachedValue;
import io.modelcache.ModelCache;
import io.modelcache.SavedCall;
import io.modelcache.key.Fingerprint;

/**
 * The vectors that one model has given so far.
 */
final class VectorCache {

	private final CacheSettings settings;

	private final ModelCache<Vector> cache;

	private final CacheListener listener;

	VectorCache(CacheSettings settings, ModelCache<Vector> cache, CacheListener listener) {
		this.settings = settings;
		this.cache = cache;
		this.listener = listener;
	}

	/**
	 * Tell a plan which of some vectors are known.
	 */
	<I> void look(BatchPlan<I> plan, int[] some, Question<I> question) {
		if (!question.directives().mayRead()) {
			return;
		}
		long start = System.nanoTime();
		Map<Fingerprint, CachedValue<Vector>> known = this.cache.getAll(plan.keys(some), question.terms().scope());
		int hits = 0;
		for (int place : some) {
			CachedValue<Vector> found = known.get(plan.key(place));
			if (found != null && isUsable(found, question)) {
				plan.recall(place, found.value());
				hits++;
			}
		}
		this.listener.onLookup(this.settings.name(), this.settings.layer(),
				CacheStatus.batch(hits, some.length - hits, this.settings.layer()), System.nanoTime() - start);
	}

	/**
	 * Keep what the model gave, if the caller wants that.
	 * @return how many vectors were stored
	 */
	int keep(List<Fingerprint> keys, List<Vector> vectors, Question<?> question) {
		if (!question.directives().mayStore()) {
			return 0;
		}
		Map<Fingerprint, Vector> given = new LinkedHashMap<>(keys.size() * 2);
		for (int i = 0; i < keys.size(); i++) {
			given.put(keys.get(i), vectors.get(i));
		}
		return this.cache.putAll(given, question.terms());
	}

	/**
	 * Report a question that was answered.
	 * @param hits how many inputs the cache knew
	 * @param misses how many the model had to give
	 * @param stored whether all of these are in the cache now
	 * @param collapsed whether some of these came from the calls of others
	 * @return the status
	 */
	CacheStatus report(int hits, int misses, boolean stored, boolean collapsed, Question<?> question) {
		CacheStatus status = status(hits, misses, question);
		if (status.hit()) {
			this.listener.onHit(this.settings.name(), status);
			this.listener.onSaved(this.settings.name(), status, SavedCall.UNKNOWN);
			return status;
		}
		status = collapsed ? status.withCollapsed() : status;
		status = stored ? status.withStored(question.terms().ttl()) : status;
		this.listener.onMiss(this.settings.name(), status);
		return status;
	}

	/**
	 * Report that the model is asked now.
	 */
	void asking() {
		this.listener.onModelCall(this.settings.name());
	}

	/**
	 * Report that the cache is left aside.
	 * @param reason why, in one word
	 * @return the status
	 * @throws CacheMissException if the caller does not want the model to be asked
	 */
	CacheStatus bypass(String reason) {
		CacheStatus status = CacheStatus.bypass(reason);
		if (CacheDirectives.current().mustHit()) {
			throw refusal(status);
		}
		this.listener.onBypass(this.settings.name(), status);
		return status;
	}

	/**
	 * Return what to throw if the caller does not want the model to be asked.
	 */
	CacheMissException refusal(CacheStatus status) {
		return new CacheMissException(this.settings.name(), status);
	}

	CacheStatus status(int hits, int misses, Question<?> question) {
		CacheStatus status = CacheStatus.batch(hits, misses, this.settings.layer());
		CacheStatus.Forward forward = question.directives().mayRead() ? status.forward() : CacheStatus.Forward.REQUEST;
		String key = (question.keys().size() == 1) ? question.keys().get(0).id() : null;
		return new CacheStatus(forward, hits, misses, false, false, null, null, null, status.layer(), key, null);
	}

	private static boolean isUsable(CachedValue<Vector> found, Question<?> question) {
		Duration maxAge = question.directives().maxAge();
		return found.fresh() && (maxAge == null || found.age().compareTo(maxAge) <= 0);
	}

}
