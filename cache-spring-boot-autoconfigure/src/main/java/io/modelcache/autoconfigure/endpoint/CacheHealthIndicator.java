package io.modelcache.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.store.StoreHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows whether the stores are asked at the moment. It is always up: an application whose
 * cache is dead works, and must not be taken out of rotation.
 */
final class CacheHealthIndicator implements HealthIndicator {

	private final CacheHealth cache;

	CacheHealthIndicator(CacheHealth cache) {
		this.cache = cache;
	}

	@Override
	public Health health() {
		List<StoreHealth> stores = this.cache.stores();
		Map<String, Object> details = new TreeMap<>();
		for (StoreHealth store : stores) {
			details.put(store.store(),
					Map.of("reads", word(store.reads()), "writes", word(store.writes()), "waiting", store.waiting()));
		}
		return Health.up()
			.withDetail("degraded", stores.stream().anyMatch(StoreHealth::degraded))
			.withDetails(details)
			.build();
	}

	private static String word(boolean used) {
		return used ? "used" : "left alone";
	}

}
