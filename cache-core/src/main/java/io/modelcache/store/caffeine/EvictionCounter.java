package io.modelcache.store.caffeine;

import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;

/**
 * Counts evictions and nothing else, so that a read costs no counter.
 */
final class EvictionCounter implements StatsCounter {

	private final LongAdder evictions = new LongAdder();

	@Override
	public void recordHits(int count) {
	}

	@Override
	public void recordMisses(int count) {
	}

	@Override
	public void recordLoadSuccess(long loadTime) {
	}

	@Override
	public void recordLoadFailure(long loadTime) {
	}

	@Override
	public void recordEviction(int weight, RemovalCause cause) {
		if (cause == RemovalCause.SIZE) {
			this.evictions.increment();
		}
	}

	@Override
	public CacheStats snapshot() {
		return CacheStats.of(0, 0, 0, 0, 0, this.evictions.sum(), 0);
	}

}
