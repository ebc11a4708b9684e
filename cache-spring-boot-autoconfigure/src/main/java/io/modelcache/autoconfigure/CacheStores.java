package io.modelcache.autoconfigure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.StoreHealth;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The stores of the application, one for each provider that a model uses, made when the
 * first model needs it.
 */
final class CacheStores {

	private final Map<CacheProvider, StoreStack> stacks = new EnumMap<>(CacheProvider.class);

	private final StoreStacks assembly;

	private final ListableBeanFactory beanFactory;

	CacheStores(StoreStacks assembly, ListableBeanFactory beanFactory) {
		this.assembly = assembly;
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the store of a provider.
	 * @param provider the provider
	 * @param property the property that asks for it
	 * @throws ProviderUnavailableException if the provider cannot be used
	 */
	synchronized CacheStore get(CacheProvider provider, String property) {
		StoreStack stack = this.stacks.get(provider);
		if (stack == null) {
			stack = this.assembly.stack(checked(provider, property));
			this.stacks.put(provider, stack);
		}
		return stack.store();
	}

	/**
	 * Return the store of a provider if a model uses it already.
	 */
	synchronized @Nullable CacheStore existing(CacheProvider provider) {
		StoreStack stack = this.stacks.get(provider);
		return (stack != null) ? stack.store() : null;
	}

	/**
	 * Return the stores that are in use, in the order of their providers.
	 */
	synchronized List<CacheStore> all() {
		return this.stacks.values().stream().map(StoreStack::store).toList();
	}

	/**
	 * Return how the stores are that can be slow.
	 */
	synchronized List<StoreHealth> health() {
		return this.stacks.values()
			.stream()
			.map(StoreStack::guard)
			.filter(Objects::nonNull)
			.map(GuardedCacheStore::health)
			.toList();
	}

	/**
	 * Write what waits to be written.
	 */
	synchronized void flush() {
		this.stacks.values().forEach(StoreStack::flush);
	}

	/**
	 * End what runs in front of the stores.
	 */
	synchronized void close() {
		this.stacks.values().forEach(StoreStack::close);
	}

	/**
	 * Check that a provider can be used, without making its store.
	 * @throws ProviderUnavailableException if it cannot
	 */
	void check(CacheProvider provider, String property) {
		checked(provider, property);
	}

	private StoreFactory checked(CacheProvider provider, String property) {
		StoreFactory factory = this.beanFactory.getBeanProvider(StoreFactory.class, false)
			.stream()
			.filter((candidate) -> candidate.provider() == provider)
			.findAny()
			.orElseThrow(() -> ProviderUnavailableException.missing(provider, property));
		factory.check(property);
		this.assembly.check();
		return factory;
	}

}
