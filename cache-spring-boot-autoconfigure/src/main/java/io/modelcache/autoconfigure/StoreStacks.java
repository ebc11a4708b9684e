package io.modelcache.autoconfigure;

import io.modelcache.CacheListener;
import io.modelcache.autoconfigure.ModelCacheProperties.Guard;
import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardLimits;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.GuardedCacheStoreBuilder;
import io.modelcache.store.TieredCacheStore;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Puts in front of a store what the properties ask for: a guard, and a near store.
 */
final class StoreStacks {

	private final ModelCacheProperties properties;

	private final ListableBeanFactory beanFactory;

	StoreStacks(ModelCacheProperties properties, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	/**
	 * Make a store with what stands in front of it. One that cannot block needs nothing.
	 */
	StoreStack stack(StoreFactory factory) {
		CacheStore store = factory.create();
		if (!store.blocking()) {
			return new StoreStack(store, null);
		}
		GuardedCacheStore guard = guard(store, factory);
		return new StoreStack((this.properties.near() != NearStore.NONE) ? near(guard) : guard, guard);
	}

	/**
	 * Check that a near store can be made, if one is asked for.
	 * @throws ProviderUnavailableException if it cannot
	 */
	void check() {
		if (this.properties.near() == NearStore.CAFFEINE) {
			nearStores();
		}
	}

	private GuardedCacheStore guard(CacheStore store, StoreFactory factory) {
		Guard limits = this.properties.guard();
		int maxConcurrent = (limits.maxConcurrent() > 0) ? limits.maxConcurrent() : factory.maxConcurrent();
		GuardedCacheStoreBuilder guard = GuardedCacheStore.builder(store)
			.name(factory.provider().toString())
			.limits(new GuardLimits(limits.timeout(), maxConcurrent, limits.failureRate(), limits.openFor()))
			.listener(new LostWrites(this.beanFactory.getBeanProvider(CacheListener.class, false)));
		factory.prepare(guard);
		return guard.build();
	}

	private CacheStore near(CacheStore far) {
		return new TieredCacheStore(nearStores().create(this.properties.nearTtl()), far);
	}

	private NearStoreFactory nearStores() {
		return this.beanFactory.getBeanProvider(NearStoreFactory.class, false)
			.stream()
			.findAny()
			.orElseThrow(() -> ProviderUnavailableException.missing(CacheProvider.CAFFEINE, "modelcache.near"));
	}

}
