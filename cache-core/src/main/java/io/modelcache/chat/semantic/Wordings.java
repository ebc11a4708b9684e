package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.Set;

import io.modelcache.CachedValue;
import io.modelcache.EntryTerms;
import io.modelcache.ModelCache;
import io.modelcache.ModelCacheManager;
import io.modelcache.Snapshot;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * The wordings that lead to the answers of one model, kept in the store beside them under
 * a name of their own.
 */
final class Wordings {

	private static final int VERSION = 1;

	private static final int PAGE = 200;

	private final ChatCacheContext context;

	private final ModelCache<KnownWording> cache;

	Wordings(ChatCacheContext context) {
		this.context = context;
		this.cache = context.cache(nameIn(context), new WordingCodec());
	}

	/**
	 * Return the name under which wordings are stored.
	 */
	static String nameIn(ChatCacheContext context) {
		return ModelCacheManager.wordingsOf(context.settings().name());
	}

	@Nullable KnownWording get(Fingerprint key, Fingerprint scope) {
		CachedValue<KnownWording> found = this.cache.get(key, scope);
		return (found != null && found.fresh()) ? found.value() : null;
	}

	/**
	 * Read a wording that a walk over the store has found.
	 */
	@Nullable KnownWording open(StoredEntry entry) {
		CachedValue<KnownWording> found = this.cache.open(entry);
		return (found != null) ? found.value() : null;
	}

	void put(Fingerprint key, KnownWording wording, EntryTerms terms) {
		Snapshot<KnownWording> snapshot = this.cache.snapshot(wording);
		if (snapshot != null) {
			this.cache.put(key, snapshot, terms);
		}
	}

	/**
	 * Walk over the store to find a wording by its key id.
	 * @return what was given for it, or {@code null}
	 */
	RecentHits.@Nullable Hit search(String id) {
		Selector ours = Selector.all().withBean(nameIn(this.context));
		String cursor = null;
		do {
			ScanPage page = this.context.store().scan(ours, cursor, PAGE);
			for (StoredEntry entry : page.entries()) {
				KnownWording wording = entry.fingerprint().id().equals(id) ? open(entry) : null;
				if (wording != null) {
					return new RecentHits.Hit(entry.fingerprint(), wording, entry.scope());
				}
			}
			cursor = page.next();
		}
		while (cursor != null);
		return null;
	}

	void evict(Fingerprint key) {
		this.cache.evict(key);
	}

	/**
	 * Return the similarity up to which questions are not answered by an answer, because
	 * one was told to be wrong.
	 * @return the similarity, less than any if there is none
	 */
	double floor(Fingerprint answer, Fingerprint scope) {
		KnownWording floor = get(floorKey(answer), scope);
		return (floor != null) ? floor.similarity() : Double.NEGATIVE_INFINITY;
	}

	void raiseFloor(Fingerprint answer, Fingerprint scope, double similarity) {
		if (similarity > floor(answer, scope)) {
			put(floorKey(answer), KnownWording.floor(answer, similarity),
					new EntryTerms(scope, this.context.settings().ttl(), Duration.ZERO, Set.of()));
		}
	}

	/**
	 * Return what tells an answer from a later one under the same fingerprint.
	 */
	long version(StoredEntry answer) {
		return this.context.form("chat-version", VERSION).bytes("payload", answer.payload()).fingerprint().first();
	}

	private Fingerprint floorKey(Fingerprint answer) {
		return this.context.form("chat-floor", VERSION).fingerprint("answer", answer).fingerprint();
	}

}
