package io.modelcache.store.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;

/**
 * Tells all instances which entries are gone.
 */
final class NewsDesk {

	private static final int BATCH = 1000;

	private final RedisLink link;

	private final byte[] channel;

	NewsDesk(RedisLink link, byte[] channel) {
		this.link = link;
		this.channel = channel;
	}

	/**
	 * Tell that entries were replaced. Nobody waits for that, for whoever has not heard
	 * of it has an entry that was good a moment ago.
	 */
	void replaced(List<Fingerprint> fingerprints) {
		for (int i = 0; i < fingerprints.size(); i += BATCH) {
			Cancellation.whenDone(
					tell(RemovalNews.replaced(fingerprints.subList(i, Math.min(i + BATCH, fingerprints.size())))),
					(told, failure) -> {
					});
		}
	}

	CompletableFuture<?> evicted(Collection<Fingerprint> fingerprints) {
		List<Fingerprint> all = List.copyOf(fingerprints);
		CompletableFuture<?> told = CompletableFuture.completedFuture(null);
		for (int i = 0; i < all.size(); i += BATCH) {
			told = tell(RemovalNews.evicted(all.subList(i, Math.min(i + BATCH, all.size()))));
		}
		return told;
	}

	CompletableFuture<?> cleared(Selector selector) {
		return tell(RemovalNews.cleared(selector));
	}

	private CompletableFuture<?> tell(byte[] message) {
		return this.link.send(List.of(RedisRequest.of("PUBLISH").add(this.channel).add(message)));
	}

}
