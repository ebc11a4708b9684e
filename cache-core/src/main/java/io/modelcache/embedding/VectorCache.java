package io.modelcache.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.CachedValue;
import io.modelcache.EntryTerms;
import io.modelcache.ModelCache;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that one model has given so far.
 */
final class VectorCache {

	private final String name;

	private final String layer;

	private final ModelCache<float[]> cache;

	private final EntryTerms terms;

	private final CacheListener listener;

	VectorCache(String name, String layer, ModelCache<float[]> cache, EntryTerms terms, CacheListener listener) {
		this.name = name;
		this.layer = layer;
		this.cache = cache;
		this.terms = terms;
		this.listener = listener;
	}

	/**
	 * Return one vector, from the cache or else from the model.
	 * @param key its fingerprint
	 * @param model asks the model
	 * @return the vector, in an array that is the caller's own
	 */
	float[] one(Fingerprint key, Supplier<float[]> model) {
		CachedValue<float[]> found = this.cache.get(key, this.terms.scope());
		if (found != null && found.fresh()) {
			this.listener.onHit(this.name, CacheStatus.hit(this.layer, key, found.age(), found.ttl()));
			return found.value();
		}
		float[] vector = model.get();
		CacheStatus status = CacheStatus.forwarded(CacheStatus.Forward.MISS, key);
		boolean stored = vector != null && this.cache.put(key, vector, this.terms);
		this.listener.onMiss(this.name, stored ? status.withStored(this.terms.ttl()) : status);
		return vector;
	}

	/**
	 * Tell a plan all vectors that are known.
	 */
	void look(BatchPlan<?> plan) {
		this.cache.getAll(plan.distinct(), this.terms.scope()).forEach((key, found) -> {
			if (found.fresh()) {
				plan.learn(key, found.value());
			}
		});
	}

	/**
	 * Tell a plan what the model gave, and keep it.
	 * @return how many vectors were stored
	 */
	int learn(BatchPlan<?> plan, Set<Fingerprint> keys, List<float[]> vectors) {
		Map<Fingerprint, float[]> given = new LinkedHashMap<>();
		int index = 0;
		for (Fingerprint key : keys) {
			float[] vector = vectors.get(index++);
			plan.learn(key, vector);
			given.put(key, vector);
		}
		return this.cache.putAll(given, this.terms);
	}

	/**
	 * Report a whole batch.
	 * @return its status
	 */
	CacheStatus report(int hits, int misses, boolean stored) {
		CacheStatus status = CacheStatus.batch(hits, misses, this.layer);
		if (status.hit()) {
			this.listener.onHit(this.name, status);
			return status;
		}
		CacheStatus complete = stored ? status.withStored(this.terms.ttl()) : status;
		this.listener.onMiss(this.name, complete);
		return complete;
	}

	CacheStatus bypass(@Nullable String reason) {
		CacheStatus status = CacheStatus.bypass((reason != null) ? reason : "refused");
		this.listener.onBypass(this.name, status);
		return status;
	}

}
