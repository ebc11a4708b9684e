package io.modelcache.embedding;

import java.util.List;

import io.modelcache.CacheDecision;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * Says which texts a cache may know the vectors of.
 * <p>
 * A policy is pure: it decides by its arguments alone, changes nothing and is safe for
 * use by several threads. Several policies are asked in order, and the first reason
 * against counts. A policy that throws is taken as a refusal.
 */
public interface EmbeddingCachePolicy {

	/**
	 * Decide whether the cache may be asked for a batch and keep what is missing of it.
	 * @param texts the texts, not empty
	 * @param options the options of the request
	 * @return the decision
	 */
	CacheDecision beforeLookup(List<String> texts, @Nullable EmbeddingOptions options);

}
