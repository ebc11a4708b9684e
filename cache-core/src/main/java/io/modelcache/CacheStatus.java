package io.modelcache;

import java.time.Duration;
import java.util.Locale;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.ModelResponse;
import org.springframework.ai.model.ResponseMetadata;

/**
 * What the cache did for one call, in the words of RFC 9211.
 * <p>
 * Obtain it with {@link #of(ModelResponse)}. It holds nothing of the question, the answer
 * or the scope. Immutable.
 *
 * @param forward why the model was asked, or {@code null} if it was not
 * @param hits how many answers came from the cache: 1 for a chat hit, any number for a
 * batch of embeddings
 * @param misses how many answers the model had to give
 * @param stored whether what the model answered is in the cache now
 * @param collapsed whether this call shared the model call of another one
 * @param ttl how long the answer stays fresh from now on, negative if it is stale
 * already, or {@code null} if it does not expire or was not stored
 * @param age how long ago the answer was made, never negative, or {@code null} if the
 * cache did not give it
 * @param similarity the cosine similarity of the question that the answer was made for,
 * between -1 and 1, or {@code null} if the question is the same; for an answer of the
 * model, that of the nearest question whose answer was refused
 * @param layer what gave the answer, such as {@code caffeine}, or {@code null}
 * @param key the {@linkplain Fingerprint#id() key id}, or {@code null} if there is none
 * or, in a batch, more than one
 * @param detail why the cache was left aside or the answer was not stored, or
 * {@code null}
 * @param explanation what the request differs in from recent ones, or {@code null} if
 * that is not asked for or there is nothing to tell
 */
public record CacheStatus(@Nullable Forward forward, int hits, int misses, boolean stored, boolean collapsed,
		@Nullable Duration ttl, @Nullable Duration age, @Nullable Double similarity, @Nullable String layer,
		@Nullable String key, @Nullable String detail, @Nullable MissExplanation explanation) {

	/**
	 * The key under which a response's metadata holds the status.
	 */
	public static final String METADATA_KEY = "modelcache.status";

	/**
	 * The status of a response that no cache has seen.
	 */
	public static final CacheStatus NONE = new CacheStatus(null, 0, 0, false, false, null, null, null, null, null,
			null);

	/**
	 * Describe what the cache did, without an explanation.
	 * @param forward see {@link #forward()}
	 * @param hits see {@link #hits()}
	 * @param misses see {@link #misses()}
	 * @param stored see {@link #stored()}
	 * @param collapsed see {@link #collapsed()}
	 * @param ttl see {@link #ttl()}
	 * @param age see {@link #age()}
	 * @param similarity see {@link #similarity()}
	 * @param layer see {@link #layer()}
	 * @param key see {@link #key()}
	 * @param detail see {@link #detail()}
	 */
	public CacheStatus(@Nullable Forward forward, int hits, int misses, boolean stored, boolean collapsed,
			@Nullable Duration ttl, @Nullable Duration age, @Nullable Double similarity, @Nullable String layer,
			@Nullable String key, @Nullable String detail) {
		this(forward, hits, misses, stored, collapsed, ttl, age, similarity, layer, key, detail, null);
	}

	/**
	 * Return the status of a response.
	 * @param response a chat or embedding response, or the last chunk of a stream
	 * @return its status, {@link #NONE} if no cache has seen it
	 */
	public static CacheStatus of(@Nullable ModelResponse<?> response) {
		ResponseMetadata metadata = (response != null) ? response.getMetadata() : null;
		Object status = (metadata != null) ? metadata.get(METADATA_KEY) : null;
		return (status instanceof CacheStatus found) ? found : NONE;
	}

	/**
	 * Describe an answer from the cache.
	 * @param layer what gave it
	 * @param key the fingerprint
	 * @param age how old it is
	 * @param ttl how long it stays fresh, or {@code null} for ever
	 * @return the status
	 */
	public static CacheStatus hit(String layer, Fingerprint key, Duration age, @Nullable Duration ttl) {
		return new CacheStatus(null, 1, 0, false, false, ttl, age, null, layer, key.id(), null);
	}

	/**
	 * Describe an answer from the model.
	 * @param forward why it was asked
	 * @param key the fingerprint, or {@code null} if there is none
	 * @return the status
	 */
	public static CacheStatus forwarded(Forward forward, @Nullable Fingerprint key) {
		return new CacheStatus(forward, 0, 1, false, false, null, null, null, null, (key != null) ? key.id() : null,
				null);
	}

	/**
	 * Describe a call that left the cache aside.
	 * @param reason why, in one word that is the same for all such calls
	 * @return the status
	 */
	public static CacheStatus bypass(String reason) {
		return forwarded(Forward.BYPASS, null).withDetail(reason);
	}

	/**
	 * Describe a batch of which the cache knew some or all answers.
	 * @param hits how many it knew
	 * @param misses how many the model had to give
	 * @param layer what gave the ones it knew
	 * @return the status
	 */
	public static CacheStatus batch(int hits, int misses, String layer) {
		Forward forward = (hits == 0) ? Forward.MISS : Forward.PARTIAL;
		return new CacheStatus((misses == 0) ? null : forward, hits, misses, false, false, null, null, null,
				(hits == 0) ? null : layer, null, null);
	}

	/**
	 * Tell whether the whole answer came from the cache.
	 * @return whether the model was not asked
	 */
	public boolean hit() {
		return this.forward == null && this.hits > 0;
	}

	/**
	 * Say that the answer was stored.
	 * @param ttl how long it stays fresh, or {@code null} for ever
	 * @return a status with these
	 */
	public CacheStatus withStored(@Nullable Duration ttl) {
		return new CacheStatus(this.forward, this.hits, this.misses, true, this.collapsed, ttl, this.age,
				this.similarity, this.layer, this.key, this.detail, this.explanation);
	}

	/**
	 * Say that this call shared the model call of another one.
	 * @return a status with that
	 */
	public CacheStatus withCollapsed() {
		return new CacheStatus(this.forward, this.hits, this.misses, this.stored, true, this.ttl, this.age,
				this.similarity, this.layer, this.key, this.detail, this.explanation);
	}

	/**
	 * Say that the answer was made for a similar question, or that such an answer was
	 * looked at.
	 * @param similarity the cosine similarity of the questions, or {@code null}
	 * @return a status with it
	 */
	public CacheStatus withSimilarity(@Nullable Double similarity) {
		return new CacheStatus(this.forward, this.hits, this.misses, this.stored, this.collapsed, this.ttl, this.age,
				similarity, this.layer, this.key, this.detail, this.explanation);
	}

	/**
	 * Say why the cache was left aside or the answer was not stored.
	 * @param detail the reason, without anything of the question or the answer
	 * @return a status with this detail
	 */
	public CacheStatus withDetail(@Nullable String detail) {
		return new CacheStatus(this.forward, this.hits, this.misses, this.stored, this.collapsed, this.ttl, this.age,
				this.similarity, this.layer, this.key, detail, this.explanation);
	}

	/**
	 * Say what the request differs in from recent ones.
	 * @param explanation what differs
	 * @return a status with this explanation
	 */
	public CacheStatus withExplanation(MissExplanation explanation) {
		return new CacheStatus(this.forward, this.hits, this.misses, this.stored, this.collapsed, this.ttl, this.age,
				this.similarity, this.layer, this.key, this.detail, explanation);
	}

	/**
	 * Return this status as a member of the {@code Cache-Status} header of RFC 9211, such
	 * as {@code modelcache; hit; ttl=86399; key="0123456789ab"; detail=caffeine}.
	 * @param cacheName the name of the cache, a token
	 * @return the member
	 */
	public String toHeader(String cacheName) {
		return CacheStatusHeader.format(cacheName, this);
	}

	@Override
	public String toString() {
		return toHeader("modelcache");
	}

	/**
	 * Why a request went on to the model: the {@code fwd} parameter of RFC 9211.
	 */
	public enum Forward {

		/**
		 * The cache was left aside.
		 */
		BYPASS,

		/**
		 * The cache had no answer.
		 */
		MISS,

		/**
		 * The cache had some of the answers of a batch.
		 */
		PARTIAL,

		/**
		 * The caller did not want a stored answer.
		 */
		REQUEST,

		/**
		 * The stored answer was too old.
		 */
		STALE;

		/**
		 * Return the token that RFC 9211 uses.
		 * @return the token
		 */
		public String token() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
