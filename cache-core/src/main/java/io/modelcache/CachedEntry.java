package io.modelcache;

import io.modelcache.store.StoredEntry;

/**
 * An answer from a store, together with the entry that holds it.
 *
 * @param cached the answer, and how old it is
 * @param entry the entry
 * @param <V> the type of the answer
 */
public record CachedEntry<V>(CachedValue<V> cached, StoredEntry entry) {

}
