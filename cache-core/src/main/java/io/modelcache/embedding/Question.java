package io.modelcache.embedding;

import java.util.List;

import io.modelcache.CacheDirectives;
import io.modelcache.EntryTerms;
import io.modelcache.key.Fingerprint;

/**
 * Inputs that were let in to the cache.
 *
 * @param request what they have in common
 * @param keys the fingerprint of each input
 * @param inputs the inputs
 * @param texts what is embedded of each input, as far as is known
 * @param terms for whom and how long the vectors are kept
 * @param directives what the caller wants of the cache
 * @param <I> the type of the inputs
 */
record Question<I>(ModelRequest request, List<Fingerprint> keys, List<I> inputs, List<String> texts, EntryTerms terms,
		CacheDirectives directives) {

	/**
	 * Tell whether this question may share calls to the model with others. Who does not
	 * want a stored vector does not want that of another call either, and who does not
	 * want his stored does not give it to others.
	 */
	boolean isShareable() {
		return this.directives.mayRead() && this.directives.mayStore();
	}

}
