package io.modelcache.autoconfigure.endpoint;

import java.util.Set;

import io.modelcache.ModelCacheManager;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What is asked to be evicted: one key, or the entries that meet all other conditions.
 *
 * @param key a key id or a whole key, or {@code null}
 * @param selector the conditions
 */
record Eviction(@Nullable String key, Selector selector) {

	/**
	 * Read a request. One without a condition must say that it means everything.
	 * @throws InvalidEndpointRequestException if it does not say what it means
	 */
	static Eviction of(ModelCacheManager manager, @Nullable String key, @Nullable String bean, @Nullable String tag,
			@Nullable String scope, boolean all) {
		Selector selector = new Selector(bean, (scope != null) ? manager.scope(scope) : null, tag, null);
		boolean any = !selector.equals(Selector.all());
		if (key != null && (any || all)) {
			throw invalid("A key is a whole condition: leave bean, tag, scope and all out");
		}
		if (all == (any || key != null)) {
			throw invalid(all ? "all=true has no other condition beside it"
					: "Say what to evict: key, bean, tag, scope, or all=true");
		}
		return new Eviction(key, selector);
	}

	/**
	 * Count what is to be evicted, or evict it.
	 */
	EvictionReport run(ModelCacheManager manager, boolean dryRun) {
		if (this.key == null) {
			return new EvictionReport(dryRun ? manager.count(this.selector) : evict(manager), dryRun);
		}
		Set<Fingerprint> found = find(manager, this.key);
		if (!dryRun) {
			found.forEach(manager::evict);
		}
		return new EvictionReport(found.size(), dryRun);
	}

	/**
	 * What leads to the answers of a model goes with them, without being counted.
	 */
	private long evict(ModelCacheManager manager) {
		String bean = this.selector.bean();
		if (bean != null) {
			manager.evict(this.selector.withBean(ModelCacheManager.wordingsOf(bean)));
		}
		return manager.evict(this.selector);
	}

	private static Set<Fingerprint> find(ModelCacheManager manager, String key) {
		try {
			return manager.find(key);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static InvalidEndpointRequestException invalid(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

}
