package io.modelcache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.modelcache.key.KeyHash;
import io.modelcache.store.CacheStore;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the caches of chat and of embedding models have in common.
 * <p>
 * An instance is used by one thread.
 *
 * @param <B> the type of the builder
 */
public abstract class CachingModelBuilder<B extends CachingModelBuilder<B>> {

	private static final long DEFAULT_MAX_ENTRY_SIZE = 1024 * 1024;

	private final List<CacheListener> listeners = new ArrayList<>();

	private String name;

	private @Nullable CacheStore store;

	private String layer = "store";

	private String namespace = "";

	private @Nullable String modelId;

	private KeyHash keyHash = KeyHash.SHA_256;

	private @Nullable Duration ttl;

	private Duration staleRetention = Duration.ZERO;

	private long maxEntrySize = DEFAULT_MAX_ENTRY_SIZE;

	private @Nullable CacheScopeResolver scopeResolver;

	private InstantSource clock = InstantSource.system();

	/**
	 * Create a builder.
	 * @param name the name of the cache, until another one is set
	 * @param ttl how long an answer is fresh, until something else is set
	 */
	protected CachingModelBuilder(String name, @Nullable Duration ttl) {
		this.name = name;
		this.ttl = ttl;
	}

	/**
	 * Set the store. This is the one setting without a default.
	 * @param store where the answers are kept
	 * @return this builder
	 */
	public B store(CacheStore store) {
		this.store = Objects.requireNonNull(store, "'store' must not be null");
		return self();
	}

	/**
	 * Set the name of the cache. It is part of every key of a chat model that has no
	 * {@link #modelId(String) model id}.
	 * @param name the name; by default the simple name of the model's class
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	/**
	 * Set what the store is called in a {@link CacheStatus}.
	 * @param layer the word, such as {@code caffeine}
	 * @return this builder
	 */
	public B layer(String layer) {
		this.layer = layer;
		return self();
	}

	/**
	 * Set the namespace, which is part of every key.
	 * @param namespace the namespace; empty by default
	 * @return this builder
	 */
	public B namespace(String namespace) {
		this.namespace = namespace;
		return self();
	}

	/**
	 * Set what tells the model from others, part of every key.
	 * @param modelId the identity, or {@code null} to read it from the model
	 * @return this builder
	 */
	public B modelId(@Nullable String modelId) {
		this.modelId = modelId;
		return self();
	}

	/**
	 * Set a secret that the keys are made with, by HMAC-SHA-256: whoever reads the store
	 * without it cannot check a guess at a question. Another secret means other keys.
	 * @param secret the secret, best 32 random bytes or more as text, or {@code null} for
	 * keys without a secret
	 * @return this builder
	 * @throws IllegalArgumentException if the secret is blank
	 */
	public B keySecret(@Nullable String secret) {
		this.keyHash = (secret != null) ? KeyHash.hmac(secret) : KeyHash.SHA_256;
		return self();
	}

	/**
	 * Set a secret that the keys are made with, see {@link #keySecret(String)}.
	 * @param secret the secret, best 32 random bytes; it is copied
	 * @return this builder
	 * @throws IllegalArgumentException if the secret is empty
	 */
	public B keySecret(byte[] secret) {
		this.keyHash = KeyHash.hmac(secret);
		return self();
	}

	/**
	 * Set how long an answer is fresh, from the moment of storing.
	 * @param ttl a positive duration, or {@code null} for ever
	 * @return this builder
	 */
	public B ttl(@Nullable Duration ttl) {
		this.ttl = ttl;
		return self();
	}

	/**
	 * Set how long an answer that is no longer fresh is kept, for calls that accept a
	 * stale one.
	 * @param staleRetention the time, zero by default
	 * @return this builder
	 */
	public B staleRetention(Duration staleRetention) {
		this.staleRetention = staleRetention;
		return self();
	}

	/**
	 * Set the size above which an answer is not stored.
	 * @param bytes the size in bytes, at least 1; one mebibyte by default
	 * @return this builder
	 */
	public B maxEntrySize(long bytes) {
		this.maxEntrySize = bytes;
		return self();
	}

	/**
	 * Add a listener.
	 * @param listener hears what the cache does; it is guarded
	 * @return this builder
	 */
	public B listener(CacheListener listener) {
		this.listeners.add(listener);
		return self();
	}

	/**
	 * Set the clock.
	 * @param clock tells the time; the system's by default
	 * @return this builder
	 */
	public B clock(InstantSource clock) {
		this.clock = clock;
		return self();
	}

	/**
	 * Set what says for whom an answer is. Without a resolver all callers share their
	 * answers; with one, a call whose scope it does not know leaves the cache aside.
	 * @param resolver the resolver, or {@code null} for none
	 * @return this builder
	 */
	public B scopeResolver(@Nullable CacheScopeResolver resolver) {
		this.scopeResolver = resolver;
		return self();
	}

	/**
	 * Return this builder as what it is.
	 * @return this builder
	 */
	protected abstract B self();

	/**
	 * Return the settings.
	 * @return the settings
	 * @throws IllegalArgumentException if one of them is wrong
	 */
	protected final CacheSettings settings() {
		return new CacheSettings(this.name, this.layer, this.namespace, this.modelId, this.ttl, this.staleRetention,
				this.maxEntrySize);
	}

	/**
	 * Return the hash of the keys. It is no part of the settings, which may be shown.
	 * @return the hash
	 */
	protected final KeyHash keyHash() {
		return this.keyHash;
	}

	/**
	 * Return what says for whom an answer is.
	 * @return the resolver, or {@code null} if all callers share their answers
	 */
	protected final @Nullable CacheScopeResolver scopeResolver() {
		return this.scopeResolver;
	}

	/**
	 * Return the store.
	 * @return the store, or {@code null} if none was set
	 */
	protected final @Nullable CacheStore store() {
		return this.store;
	}

	/**
	 * Return the clock.
	 * @return tells the time
	 */
	protected final InstantSource clock() {
		return this.clock;
	}

	/**
	 * Return all listeners as one.
	 * @return the guarded listener
	 */
	protected final CacheListener listener() {
		return CacheListener.composite(this.listeners);
	}

	/**
	 * Create the cache.
	 * @param settings the settings
	 * @param codec turns answers into bytes
	 * @param listener hears what the cache does
	 * @param <V> the type of the answers
	 * @return the cache
	 * @throws IllegalStateException if no store was set
	 */
	protected final <V> ModelCache<V> cache(CacheSettings settings, ValueCodec<V> codec, CacheListener listener) {
		if (this.store == null) {
			throw new IllegalStateException("A cache needs a store: call store(…), for example with "
					+ "CaffeineCacheStore.ofMaximumWeight(64_000_000)");
		}
		return new ModelCache<>(settings, this.store, codec, this.clock, listener);
	}

}
