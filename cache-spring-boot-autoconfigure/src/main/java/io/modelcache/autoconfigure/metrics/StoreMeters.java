package io.modelcache.autoconfigure.metrics;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.store.StoreHealth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The meters of stores that can be slow.
 */
final class StoreMeters implements SmartInitializingSingleton {

	private final ObjectProvider<MeterRegistry> registry;

	private final CacheHealth stores;

	StoreMeters(ObjectProvider<MeterRegistry> registry, CacheHealth stores) {
		this.registry = registry;
		this.stores = stores;
	}

	@Override
	public void afterSingletonsInstantiated() {
		MeterRegistry registry = this.registry.getObject();
		for (StoreHealth store : this.stores.stores()) {
			String name = store.store();
			String breaker = "1 while the store is left alone because it fails, else 0";
			gauge(registry, "modelcache.store.breaker.open", name, "read", breaker, (now) -> now.reads() ? 0 : 1);
			gauge(registry, "modelcache.store.breaker.open", name, "write", breaker, (now) -> now.writes() ? 0 : 1);
			gauge(registry, "modelcache.store.waiting", name, "write", "Entries that wait to be written",
					StoreHealth::waiting);
		}
	}

	private void gauge(MeterRegistry registry, String name, String store, String operation, String description,
			ToDoubleFunction<StoreHealth> value) {
		Gauge.builder(name, this.stores, (all) -> now(all, store, value))
			.tags("store", store, "operation", operation)
			.description(description)
			.register(registry);
	}

	private static double now(CacheHealth all, String store, ToDoubleFunction<StoreHealth> value) {
		return all.stores()
			.stream()
			.filter((health) -> health.store().equals(store))
			.mapToDouble(value)
			.findFirst()
			.orElse(Double.NaN);
	}

}
