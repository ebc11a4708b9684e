package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.TieredCacheStore;
import org.jspecify.annotations.Nullable;

/**
 * A store with what stands in front of it.
 *
 * @param store what the models use
 * @param guard what keeps a slow store from holding them up, or {@code null} if it cannot
 * be slow
 */
record StoreStack(CacheStore store, @Nullable GuardedCacheStore guard) {

	/**
	 * Write what waits to be written.
	 */
	void flush() {
		if (this.guard != null) {
			this.guard.flush();
		}
	}

	/**
	 * End what runs in the background. The store itself ends with whoever made it.
	 */
	void close() {
		if (this.store instanceof TieredCacheStore tiered) {
			tiered.close();
		}
		if (this.guard != null) {
			this.guard.close();
		}
	}

}
