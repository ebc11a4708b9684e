package io.modelcache.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Counts what all caches do, for meters and for the actuator. Safe for use by several
 * threads.
 */
public final class CacheFigures implements CacheListener {

	private final Map<String, ModelFigures> models = new ConcurrentHashMap<>();

	private final PriceTable prices;

	CacheFigures(PriceTable prices) {
		this.prices = prices;
	}

	/**
	 * Return the figures of one cache.
	 * @param cache the name of the cache
	 * @return its figures, which go on counting
	 */
	public ModelFigures of(String cache) {
		ModelFigures figures = this.models.get(cache);
		return (figures != null) ? figures
				: this.models.computeIfAbsent(cache, (name) -> new ModelFigures(this.prices));
	}

	/**
	 * Return the currency of the prices.
	 * @return the currency, or {@code null} if there are no prices
	 */
	public @Nullable String currency() {
		return this.prices.isEmpty() ? null : this.prices.currency();
	}

	@Override
	public void onHit(String cache, CacheStatus status) {
		of(cache).answered(status);
	}

	@Override
	public void onMiss(String cache, CacheStatus status) {
		of(cache).answered(status);
	}

	@Override
	public void onBypass(String cache, CacheStatus status) {
		of(cache).bypassed();
	}

	@Override
	public void onModelCall(String cache) {
		of(cache).called();
	}

	@Override
	public void onSaved(String cache, CacheStatus status, SavedCall saved) {
		of(cache).saved(saved);
	}

	@Override
	public void onStore(String cache, Fingerprint key, int bytes) {
		of(cache).stored();
	}

	@Override
	public void onQuestionEmbedded(String cache, @Nullable String model, long tokens) {
		of(cache).savedMoney().spend(model, tokens);
	}

}
