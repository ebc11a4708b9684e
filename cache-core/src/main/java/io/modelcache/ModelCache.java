package io.modelcache;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.PartialReadException;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one model: the only place where bytes become answers and where the
 * failures of a store end.
 * <p>
 * Whatever the store throws or returns, no method throws: a failed read is a miss, a
 * failed write leaves the answer unstored, and the {@link CacheListener} hears of both.
 * Only a {@link VirtualMachineError} goes through. Safe for use by several threads.
 *
 * @param <V> the type of the answers
 */
public final class ModelCache<V> {

	private final CacheSettings settings;

	private final CacheStore store;

	private final ValueCodec<V> codec;

	private final EntryEnvelope envelope;

	private final InstantSource clock;

	private final CacheListener listener;

	private final FailureReport failures;

	private final boolean blocking;

	/**
	 * Create a cache.
	 * @param settings the settings of the model
	 * @param store where the bytes are kept
	 * @param codec turns answers into bytes
	 * @param clock tells the time
	 * @param listener hears of what is stored and of what fails
	 */
	public ModelCache(CacheSettings settings, CacheStore store, ValueCodec<V> codec, InstantSource clock,
			CacheListener listener) {
		this.settings = settings;
		this.store = store;
		this.codec = codec;
		this.envelope = new EntryEnvelope(codec.format(), codec.compressible(), settings.maxEntrySize());
		this.clock = clock;
		this.listener = listener;
		this.failures = new FailureReport(settings.name(), listener);
		this.blocking = isBlocking();
	}

	/**
	 * Look for one answer.
	 * @param fingerprint its fingerprint
	 * @param scope the digest of the scope that asks
	 * @return the answer, fresh or stale, or {@code null}
	 */
	public @Nullable CachedValue<V> get(Fingerprint fingerprint, Fingerprint scope) {
		StoredEntry entry = read(fingerprint);
		return (entry != null) ? decode(fingerprint, scope, entry, this.clock.instant()) : null;
	}

	/**
	 * Look for one answer and the entry that holds it.
	 * @param fingerprint its fingerprint
	 * @param scope the digest of the scope that asks
	 * @return the answer, fresh or stale, and its entry, or {@code null}
	 */
	public @Nullable CachedEntry<V> find(Fingerprint fingerprint, Fingerprint scope) {
		StoredEntry entry = read(fingerprint);
		CachedValue<V> value = (entry != null) ? decode(fingerprint, scope, entry, this.clock.instant()) : null;
		return (entry != null && value != null) ? new CachedEntry<>(value, entry) : null;
	}

	/**
	 * Tell whether the store fails to say what it has under a fingerprint, so that an
	 * answer that was not found may be there.
	 * @param fingerprint a fingerprint
	 * @return whether it fails
	 */
	public boolean isUnreadable(Fingerprint fingerprint) {
		try {
			this.store.get(fingerprint);
			return false;
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.READ, ex);
			return true;
		}
	}

	/**
	 * Read an entry that a walk over the store has found.
	 * @param entry the entry
	 * @return the answer, fresh or stale, or {@code null}
	 */
	public @Nullable CachedValue<V> open(StoredEntry entry) {
		return decode(entry.fingerprint(), entry.scope(), entry, this.clock.instant());
	}

	/**
	 * Look for several answers at once. If the store fails after it has found some of
	 * them, these count.
	 * @param fingerprints their fingerprints
	 * @param scope the digest of the scope that asks
	 * @return the answers that are there, fresh or stale, by fingerprint
	 */
	public Map<Fingerprint, CachedValue<V>> getAll(Collection<Fingerprint> fingerprints, Fingerprint scope) {
		Map<Fingerprint, StoredEntry> entries = readAll(fingerprints);
		Instant now = this.clock.instant();
		Map<Fingerprint, CachedValue<V>> values = new HashMap<>(entries.size() * 2);
		for (Fingerprint fingerprint : fingerprints) {
			StoredEntry entry = entries.get(fingerprint);
			CachedValue<V> value = (entry != null) ? decode(fingerprint, scope, entry, now) : null;
			if (value != null) {
				values.put(fingerprint, value);
			}
		}
		return values;
	}

	/**
	 * Tell whether reading or writing can wait for anything outside this JVM's memory.
	 * @return {@code false} only if it never blocks
	 */
	public boolean blocking() {
		return this.blocking;
	}

	/**
	 * Take a picture of an answer, which later changes of it do not reach.
	 * @param value the answer
	 * @return the picture, or {@code null} if the answer cannot be brought back as it is
	 */
	public @Nullable Snapshot<V> snapshot(V value) {
		try {
			return new Snapshot<>(this.codec, this.codec.encode(value));
		}
		catch (UnstorableException ex) {
			this.listener.onReject(this.settings.name(), ex.reason());
			return null;
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.ENCODE, ex);
			return null;
		}
	}

	/**
	 * Keep one answer.
	 * @param fingerprint its fingerprint
	 * @param value the answer
	 * @param terms for whom and how long
	 * @return whether it was stored
	 */
	public boolean put(Fingerprint fingerprint, V value, EntryTerms terms) {
		return putAll(Map.of(fingerprint, value), terms) == 1;
	}

	/**
	 * Keep one answer.
	 * @param fingerprint its fingerprint
	 * @param snapshot a picture of the answer
	 * @param terms for whom and how long
	 * @return whether it was stored
	 */
	public boolean put(Fingerprint fingerprint, Snapshot<V> snapshot, EntryTerms terms) {
		return store(fingerprint, snapshot, terms) != null;
	}

	/**
	 * Keep one answer.
	 * @param fingerprint its fingerprint
	 * @param snapshot a picture of the answer
	 * @param terms for whom and how long
	 * @return what was stored, or {@code null}
	 */
	public @Nullable StoredEntry store(Fingerprint fingerprint, Snapshot<V> snapshot, EntryTerms terms) {
		StoredEntry entry = seal(fingerprint, snapshot.bytes(), terms, now());
		return (entry != null && write(List.of(entry))) ? entry : null;
	}

	/**
	 * Keep several answers at once.
	 * @param values the answers by fingerprint
	 * @param terms for whom and how long
	 * @return how many were stored
	 */
	public int putAll(Map<Fingerprint, V> values, EntryTerms terms) {
		Instant now = now();
		List<StoredEntry> entries = new ArrayList<>(values.size());
		values.forEach((fingerprint, value) -> {
			Snapshot<V> snapshot = snapshot(value);
			StoredEntry entry = (snapshot != null) ? seal(fingerprint, snapshot.bytes(), terms, now) : null;
			if (entry != null) {
				entries.add(entry);
			}
		});
		return (entries.isEmpty() || !write(entries)) ? 0 : entries.size();
	}

	/**
	 * A store that cannot even say that is not trusted.
	 */
	private boolean isBlocking() {
		try {
			return this.store.blocking();
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.READ, ex);
			return true;
		}
	}

	private @Nullable StoredEntry read(Fingerprint fingerprint) {
		try {
			return this.store.get(fingerprint);
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.READ, ex);
			return null;
		}
	}

	private Map<Fingerprint, StoredEntry> readAll(Collection<Fingerprint> fingerprints) {
		try {
			return Objects.requireNonNull(this.store.getAll(fingerprints), "The store returned null");
		}
		catch (PartialReadException ex) {
			this.failures.report(CacheOperation.READ, ex.getCause());
			return ex.found();
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.READ, ex);
			return Map.of();
		}
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.clock.millis());
	}

	private boolean write(List<StoredEntry> entries) {
		try {
			this.store.putAll(entries);
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.WRITE, ex);
			return false;
		}
		for (StoredEntry entry : entries) {
			this.listener.onStore(this.settings.name(), entry.fingerprint(), entry.payload().length);
		}
		return true;
	}

	private @Nullable StoredEntry seal(Fingerprint fingerprint, byte[] bytes, EntryTerms terms, Instant now) {
		if (bytes.length > this.settings.maxEntrySize()) {
			return reject("too-large");
		}
		Instant freshUntil = terms.freshUntil(now);
		Instant keepUntil = terms.keepUntil(freshUntil);
		byte[] payload = this.envelope.seal(fingerprint, terms.scope(), new Instant[] { now, freshUntil, keepUntil },
				bytes);
		return new StoredEntry(fingerprint, payload, now, freshUntil, keepUntil, this.settings.name(), terms.scope(),
				terms.tags(), terms.question());
	}

	private @Nullable StoredEntry reject(String reason) {
		this.listener.onReject(this.settings.name(), reason);
		return null;
	}

	private @Nullable CachedValue<V> decode(Fingerprint fingerprint, Fingerprint scope, StoredEntry entry,
			Instant now) {
		try {
			V value = this.codec.decode(this.envelope.open(fingerprint, scope, entry));
			return CachedValue.of(value, entry, now);
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.DECODE, ex);
			evict(fingerprint);
			return null;
		}
	}

	/**
	 * Remove one answer.
	 * @param fingerprint its fingerprint
	 */
	public void evict(Fingerprint fingerprint) {
		try {
			this.store.evictAll(List.of(fingerprint));
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.EVICT, ex);
		}
	}

}
