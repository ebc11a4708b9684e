package io.modelcache;

import java.util.List;
import java.util.function.Consumer;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to other listeners what it hears, and catches what they throw.
 */
final class GuardedCacheListener implements CacheListener {

	private static final Logger logger = LoggerFactory.getLogger(GuardedCacheListener.class);

	private final List<CacheListener> listeners;

	private final QuietLog log = new QuietLog();

	GuardedCacheListener(List<CacheListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void onHit(String cache, CacheStatus status) {
		tell((listener) -> listener.onHit(cache, status));
	}

	@Override
	public void onMiss(String cache, CacheStatus status) {
		tell((listener) -> listener.onMiss(cache, status));
	}

	@Override
	public void onBypass(String cache, CacheStatus status) {
		tell((listener) -> listener.onBypass(cache, status));
	}

	@Override
	public void onLookup(String cache, String layer, CacheStatus status, long nanos) {
		tell((listener) -> listener.onLookup(cache, layer, status, nanos));
	}

	@Override
	public void onModelCall(String cache) {
		tell((listener) -> listener.onModelCall(cache));
	}

	@Override
	public void onSaved(String cache, CacheStatus status, SavedCall saved) {
		tell((listener) -> listener.onSaved(cache, status, saved));
	}

	@Override
	public void onStore(String cache, Fingerprint key, int bytes) {
		tell((listener) -> listener.onStore(cache, key, bytes));
	}

	@Override
	public void onReject(String cache, String reason) {
		tell((listener) -> listener.onReject(cache, reason));
	}

	@Override
	public void onFailure(String cache, CacheOperation operation, Throwable failure) {
		tell((listener) -> listener.onFailure(cache, operation, failure));
	}

	@Override
	public void onExactOnly(String cache, String reason) {
		tell((listener) -> listener.onExactOnly(cache, reason));
	}

	@Override
	public void onRefusal(String cache, String guard, double similarity) {
		tell((listener) -> listener.onRefusal(cache, guard, similarity));
	}

	@Override
	public void onShadowCheck(String cache, double similarity, boolean right) {
		tell((listener) -> listener.onShadowCheck(cache, similarity, right));
	}

	@Override
	public void onQuestionEmbedded(String cache, @Nullable String model, long tokens) {
		tell((listener) -> listener.onQuestionEmbedded(cache, model, tokens));
	}

	private void tell(Consumer<CacheListener> news) {
		for (CacheListener listener : this.listeners) {
			try {
				news.accept(listener);
			}
			catch (VirtualMachineError ex) {
				throw ex;
			}
			catch (Throwable ex) {
				this.log.say((before) -> logger.warn(
						"Cache listener {} failed with {}, {} failures before; the caches go on without it",
						listener.getClass().getName(), ex.getClass().getName(), before));
			}
		}
	}

}
