package io.modelcache.autoconfigure.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.CachedModel;
import io.modelcache.autoconfigure.CachedModels;
import io.modelcache.store.StoreStats;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

/**
 * Shows what the caches do as meters of Micrometer.
 *
 * <table>
 * <caption>The meters; <em>cache</em> is the name of the model's bean</caption>
 * <tr>
 * <th>meter</th>
 * <th>type</th>
 * <th>tags</th>
 * <th>what it counts</th>
 * </tr>
 * <tr>
 * <td>{@code cache.gets}</td>
 * <td>counter</td>
 * <td>cache, result: hit, miss</td>
 * <td>answers, each one of a batch of embeddings; stale answers that were given are
 * hits</td>
 * </tr>
 * <tr>
 * <td>{@code cache.puts}</td>
 * <td>counter</td>
 * <td>cache</td>
 * <td>answers that were stored</td>
 * </tr>
 * <tr>
 * <td>{@code cache.evictions}</td>
 * <td>counter</td>
 * <td>cache</td>
 * <td>entries that had to go because the store was full (stores on the heap)</td>
 * </tr>
 * <tr>
 * <td>{@code cache.size}</td>
 * <td>gauge</td>
 * <td>cache</td>
 * <td>entries (stores on the heap)</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.lookup}</td>
 * <td>timer with percentiles</td>
 * <td>cache, layer, outcome: hit, miss, partial, stale, refused</td>
 * <td>the time to find an answer, or that there is none, without the key</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.provider.calls}</td>
 * <td>counter</td>
 * <td>cache</td>
 * <td>calls to the model, failed ones and those past the cache too</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.provider.calls.avoided}</td>
 * <td>counter</td>
 * <td>cache</td>
 * <td>calls for whose answers the model was not asked: hits and collapsed ones</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.collapsed}</td>
 * <td>counter</td>
 * <td>cache</td>
 * <td>calls that shared the model call of another one; they count as misses, too</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.bypass}</td>
 * <td>counter</td>
 * <td>cache, reason</td>
 * <td>calls that left the cache aside</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.rejections}</td>
 * <td>counter</td>
 * <td>cache, reason</td>
 * <td>answers that were not stored although nothing failed</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.tokens.saved}</td>
 * <td>counter</td>
 * <td>cache, type: input, output</td>
 * <td>the usage of answers for which the model was not asked</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.cost.saved}</td>
 * <td>counter</td>
 * <td>cache, currency</td>
 * <td>what these tokens cost by {@code modelcache.prices}, after what was spent on
 * vectors of questions</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.store.failures}</td>
 * <td>counter</td>
 * <td>cache, store, operation: read, write, evict, lease</td>
 * <td>failures of the store, and operations that were not tried because it fails</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.failures}</td>
 * <td>counter</td>
 * <td>cache, operation: encode, decode, policy, refresh, embed, index, shadow</td>
 * <td>other failures of the cache</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.store.breaker.open}</td>
 * <td>gauge</td>
 * <td>store, operation: read, write</td>
 * <td>1 while a store is left alone, else 0</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.store.waiting}</td>
 * <td>gauge</td>
 * <td>store, operation: write</td>
 * <td>entries that wait to be written</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.semantic.similarity}</td>
 * <td>summary with percentiles</td>
 * <td>cache, outcome: hit, refused</td>
 * <td>the similarity of a question and the one whose answer was found</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.semantic.refusals}</td>
 * <td>counter</td>
 * <td>cache, guard</td>
 * <td>answers to similar questions that were not given</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.semantic.exact.only}</td>
 * <td>counter</td>
 * <td>cache, reason</td>
 * <td>questions for which nothing similar was looked for</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.semantic.checks}</td>
 * <td>counter</td>
 * <td>cache, result: right, wrong</td>
 * <td>answers to similar questions that were compared with the model's</td>
 * </tr>
 * <tr>
 * <td>{@code modelcache.semantic.wrong.share}</td>
 * <td>gauge</td>
 * <td>cache</td>
 * <td>the share of wrong ones among these</td>
 * </tr>
 * </table>
 *
 * No tag ever holds anything of a question, an answer or a scope.
 */
final class CacheMeters implements CacheListener, SmartInitializingSingleton {

	private static final String UNKNOWN_STORE = "unknown";

	private final Map<String, ModelMeters> meters = new ConcurrentHashMap<>();

	private final Map<String, String> stores = new ConcurrentHashMap<>();

	private final SingletonSupplier<MeterRegistry> registry;

	private final CachedModels models;

	private final CacheFigures figures;

	/**
	 * Create the meters.
	 * @param registry gives the registry, which is not asked for before the first event,
	 * because models may be needed earlier than meters
	 * @param models knows what is cached
	 * @param figures counts
	 */
	CacheMeters(ObjectProvider<MeterRegistry> registry, CachedModels models, CacheFigures figures) {
		this.registry = SingletonSupplier.of(registry::getObject);
		this.models = models;
		this.figures = figures;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (CachedModel model : this.models.all()) {
			if (model.cached()) {
				this.stores.put(model.name(), this.models.store(model));
				of(model.name());
				registerSize(model);
			}
		}
	}

	@Override
	public void onLookup(String cache, String layer, CacheStatus status, long nanos) {
		of(cache).looked(layer, LookupOutcome.of(status), nanos);
	}

	@Override
	public void onHit(String cache, CacheStatus status) {
		Double similarity = status.similarity();
		if (similarity != null) {
			of(cache).semantic().hit(similarity);
		}
	}

	@Override
	public void onBypass(String cache, CacheStatus status) {
		of(cache).bypassed((status.detail() != null) ? status.detail() : BoundedCounters.OTHER);
	}

	@Override
	public void onReject(String cache, String reason) {
		of(cache).rejected(reason);
	}

	@Override
	public void onExactOnly(String cache, String reason) {
		of(cache).semantic().exactOnly(reason);
	}

	@Override
	public void onRefusal(String cache, String guard, double similarity) {
		of(cache).semantic().refused(guard, similarity);
	}

	@Override
	public void onShadowCheck(String cache, double similarity, boolean right) {
		of(cache).semantic().checked(right);
	}

	@Override
	public void onFailure(String cache, CacheOperation operation, Throwable failure) {
		String word = operation.name().toLowerCase(Locale.ROOT);
		switch (operation) {
			case READ, WRITE, EVICT,
					LEASE ->
				registry()
					.counter("modelcache.store.failures", "cache", cache, "store",
							this.stores.getOrDefault(cache, UNKNOWN_STORE), "operation", word)
					.increment();
			case ENCODE, DECODE, POLICY, REFRESH, EMBED, INDEX, SHADOW ->
				registry().counter("modelcache.failures", "cache", cache, "operation", word).increment();
		}
	}

	private ModelMeters of(String cache) {
		ModelMeters known = this.meters.get(cache);
		return (known != null) ? known : this.meters.computeIfAbsent(cache,
				(name) -> new ModelMeters(registry(), name, this.figures.of(name), this.figures.currency()));
	}

	private MeterRegistry registry() {
		return this.registry.obtain();
	}

	private void registerSize(CachedModel model) {
		if (this.models.count(model) == null) {
			return;
		}
		Gauge.builder("cache.size", () -> count(model).entries())
			.tags(ModelMeters.cacheTags(model.name()))
			.description("Entries of this cache")
			.register(registry());
		FunctionCounter.builder("cache.evictions", this, (meters) -> meters.count(model).evictions())
			.tags(ModelMeters.cacheTags(model.name()))
			.description("Entries that had to go because the store was full")
			.register(registry());
	}

	private StoreStats count(CachedModel model) {
		StoreStats stats = this.models.count(model);
		return (stats != null) ? stats : new StoreStats(0, 0, 0);
	}

}
