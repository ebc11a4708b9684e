package io.modelcache.autoconfigure;

import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;

/**
 * Refuses to share calls between instances over a store by which they cannot agree.
 */
final class DistributedFlightCheck {

	private static final String PROPERTY = "modelcache.single-flight.distributed";

	private DistributedFlightCheck() {
	}

	/**
	 * Check a store that is there.
	 * @throws ProviderUnavailableException if it cannot lease though it must
	 */
	static void check(ModelSettings settings, CacheStore store) {
		if (settings.lease() != null && store.capability(LeaseStore.class) == null) {
			throw refused(settings);
		}
	}

	/**
	 * Check a provider whose store need not be there yet.
	 * @throws ProviderUnavailableException if it never can lease though it must
	 */
	static void check(ModelSettings settings) {
		CacheProvider provider = settings.store();
		if (settings.lease() != null && (provider == CacheProvider.CAFFEINE || provider == CacheProvider.JDBC)) {
			throw refused(settings);
		}
	}

	private static ProviderUnavailableException refused(ModelSettings settings) {
		String property = settings.storeProperty();
		return new ProviderUnavailableException(settings.store(), property,
				new ProviderUnavailableException.Problem(
						PROPERTY + " is true, and the instances of the application cannot agree by such a store",
						"Set %s to redis, or to custom with a store that is a LeaseStore; or remove %s."
							.formatted(property, PROPERTY)));
	}

}
