package io.modelcache.chat;

import java.time.InstantSource;
import java.util.concurrent.Executor;

import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.FailureReport;
import io.modelcache.ModelCache;
import io.modelcache.ValueCodec;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.store.CacheStore;

import org.springframework.ai.chat.model.ChatModel;

/**
 * What a {@link ChatCacheLayer} of one model may use.
 */
public final class ChatCacheContext {

	/**
	 * What a layer keeps of its own is small and not bounded like an answer.
	 */
	private static final long SMALL = 256L * 1024;

	private final CacheSettings settings;

	private final ChatModel model;

	private final CacheStore store;

	private final ModelCache<ChatAnswer> answers;

	private final ChatFingerprinter fingerprinter;

	private final KeyHash keyHash;

	private final Surroundings surroundings;

	ChatCacheContext(CacheSettings settings, ChatModel model, CacheStore store, ModelCache<ChatAnswer> answers,
			ChatFingerprinter fingerprinter, KeyHash keyHash, Surroundings surroundings) {
		this.settings = settings;
		this.model = model;
		this.store = store;
		this.answers = answers;
		this.fingerprinter = fingerprinter;
		this.keyHash = keyHash;
		this.surroundings = surroundings;
	}

	/**
	 * Return the settings of the model's cache.
	 * @return the settings
	 */
	public CacheSettings settings() {
		return this.settings;
	}

	/**
	 * Return the model itself, without a cache.
	 * @return the model
	 */
	public ChatModel model() {
		return this.model;
	}

	/**
	 * Return where the bytes are.
	 * @return the store
	 */
	public CacheStore store() {
		return this.store;
	}

	/**
	 * Return the answers by their fingerprints.
	 * @return the cache that the exact layer uses too
	 */
	public ModelCache<ChatAnswer> answers() {
		return this.answers;
	}

	/**
	 * Keep something else in the same store.
	 * @param <V> what
	 * @param name the name of the cache, other than that of the answers
	 * @param codec turns it into bytes
	 * @return a cache whose failures are those of this model and whose entries are not
	 * counted as answers
	 */
	public <V> ModelCache<V> cache(String name, ValueCodec<V> codec) {
		CacheSettings other = new CacheSettings(name, this.settings.layer(), this.settings.namespace(),
				this.settings.modelId(), this.settings.ttl(), this.settings.staleRetention(),
				Math.max(this.settings.maxEntrySize(), SMALL));
		return new ModelCache<>(other, this.store, codec, clock(), new FailuresOf(this.settings.name(), listener()));
	}

	/**
	 * Return the fingerprint that a request would have if its last message said something
	 * else.
	 * @param request the request
	 * @param question what it would say
	 * @return the fingerprint
	 */
	public Fingerprint fingerprint(ChatRequest request, String question) {
		return this.fingerprinter.fingerprint(request, question);
	}

	/**
	 * Return the fingerprint of everything in a request but the text of its last message:
	 * scope, model, options, tools, output schema and all that was said before.
	 * @param request the request
	 * @return the fingerprint
	 */
	public Fingerprint setting(ChatRequest request) {
		return this.fingerprinter.setting(request);
	}

	/**
	 * Start a fingerprint of something else.
	 * @param kind what it is about
	 * @param version the version of its fields
	 * @return a form under the hash of the keys
	 */
	public CanonicalForm form(String kind, int version) {
		return this.keyHash.form(kind, version);
	}

	/**
	 * Return the clock.
	 * @return tells the time
	 */
	public InstantSource clock() {
		return this.surroundings.clock();
	}

	/**
	 * Return who hears of everything.
	 * @return the listener, which never throws
	 */
	public CacheListener listener() {
		return this.surroundings.listener();
	}

	/**
	 * Return where failures end.
	 * @return the report
	 */
	public FailureReport failures() {
		return this.surroundings.failures();
	}

	/**
	 * Return what does work in the background, within a bound.
	 * @return the executor, which may reject work
	 */
	public Executor background() {
		return this.surroundings.background();
	}

	/**
	 * What a cache stands among.
	 *
	 * @param clock tells the time
	 * @param listener hears of everything
	 * @param failures where failures end
	 * @param background does work in the background
	 */
	record Surroundings(InstantSource clock, CacheListener listener, FailureReport failures, Executor background) {

	}

}
