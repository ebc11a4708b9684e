package io.modelcache.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.modelcache.chat.NonDeterministic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The properties of the response cache.
 * <p>
 * What is set for one bean under {@code models} counts more than what is set under
 * {@code chat} or {@code embedding}, which counts more than what is set for all.
 */
@ConfigurationProperties("modelcache")
public class ModelCacheProperties {

	/**
	 * Whether model beans are decorated at all.
	 */
	private boolean enabled = true;

	/**
	 * Where the answers are kept.
	 */
	private CacheProvider provider = CacheProvider.CAFFEINE;

	/**
	 * How long an answer is fresh, from the moment of storing, or none for ever.
	 * Embeddings do not expire unless modelcache.embedding.ttl says otherwise.
	 */
	private TimeToLive ttl = new TimeToLive(Duration.ofDays(1));

	/**
	 * Part of every key: change it to start afresh.
	 */
	private String namespace = "";

	/**
	 * Size above which an answer is not stored.
	 */
	private DataSize maxEntrySize = DataSize.ofMegabytes(1);

	/**
	 * What happens when a model is injected by its concrete class, which bypasses the
	 * cache.
	 */
	private ConcreteInjection concreteInjection = ConcreteInjection.WARN;

	/**
	 * Whether an unknown bean name under modelcache.models fails the start-up instead of
	 * being warned of.
	 */
	private boolean strict;

	private final Chat chat = new Chat();

	private final Embedding embedding = new Embedding();

	private final CaffeineStore caffeine = new CaffeineStore();

	/**
	 * Settings of single model beans, by bean name.
	 */
	private final Map<String, Model> models = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public CacheProvider getProvider() {
		return this.provider;
	}

	public void setProvider(CacheProvider provider) {
		this.provider = provider;
	}

	public TimeToLive getTtl() {
		return this.ttl;
	}

	public void setTtl(TimeToLive ttl) {
		this.ttl = ttl;
	}

	public String getNamespace() {
		return this.namespace;
	}

	public void setNamespace(String namespace) {
		this.namespace = namespace;
	}

	public DataSize getMaxEntrySize() {
		return this.maxEntrySize;
	}

	public void setMaxEntrySize(DataSize maxEntrySize) {
		this.maxEntrySize = positive(maxEntrySize);
	}

	public ConcreteInjection getConcreteInjection() {
		return this.concreteInjection;
	}

	public void setConcreteInjection(ConcreteInjection concreteInjection) {
		this.concreteInjection = concreteInjection;
	}

	public boolean isStrict() {
		return this.strict;
	}

	public void setStrict(boolean strict) {
		this.strict = strict;
	}

	public Chat getChat() {
		return this.chat;
	}

	public Embedding getEmbedding() {
		return this.embedding;
	}

	public CaffeineStore getCaffeine() {
		return this.caffeine;
	}

	public Map<String, Model> getModels() {
		return this.models;
	}

	private static DataSize positive(DataSize size) {
		if (size.toBytes() < 1) {
			throw new IllegalArgumentException("a size must be positive, such as 1MB or 64KB");
		}
		return size;
	}

	/**
	 * What happens when a model is injected by its concrete class.
	 */
	public enum ConcreteInjection {

		/**
		 * A warning says which bean bypasses the cache.
		 */
		WARN,

		/**
		 * The start-up fails.
		 */
		FAIL

	}

	/**
	 * Settings of all chat models.
	 */
	public static class Chat {

		/**
		 * Whether chat models are decorated.
		 */
		private boolean enabled = true;

		/**
		 * Where answers of chat models are kept. Default: modelcache.provider.
		 */
		private @Nullable CacheProvider provider;

		/**
		 * How long an answer of a chat model is fresh, or none for ever. Default:
		 * modelcache.ttl.
		 */
		private @Nullable TimeToLive ttl;

		/**
		 * Whether answers that ask for a tool are kept. The tool itself still runs each
		 * time.
		 */
		private boolean toolCalls = true;

		/**
		 * What to do with calls that set a temperature above zero.
		 */
		private NonDeterministic nonDeterministic = NonDeterministic.CACHE;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable CacheProvider getProvider() {
			return this.provider;
		}

		public void setProvider(@Nullable CacheProvider provider) {
			this.provider = provider;
		}

		public @Nullable TimeToLive getTtl() {
			return this.ttl;
		}

		public void setTtl(@Nullable TimeToLive ttl) {
			this.ttl = ttl;
		}

		public boolean isToolCalls() {
			return this.toolCalls;
		}

		public void setToolCalls(boolean toolCalls) {
			this.toolCalls = toolCalls;
		}

		public NonDeterministic getNonDeterministic() {
			return this.nonDeterministic;
		}

		public void setNonDeterministic(NonDeterministic nonDeterministic) {
			this.nonDeterministic = nonDeterministic;
		}

	}

	/**
	 * Settings of all embedding models.
	 */
	public static class Embedding {

		/**
		 * Whether embedding models are decorated.
		 */
		private boolean enabled = true;

		/**
		 * Where vectors are kept. Default: modelcache.provider.
		 */
		private @Nullable CacheProvider provider;

		/**
		 * How long a vector is fresh, or none for ever.
		 */
		private TimeToLive ttl = new TimeToLive(null);

		/**
		 * Whether embed(String), which searches use, is cached. Documents always are.
		 */
		private boolean queries = true;

		/**
		 * How many missing texts a model is asked for at a time, each part being stored
		 * before the next is asked; 0 for all in one call.
		 */
		private int batchSize;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable CacheProvider getProvider() {
			return this.provider;
		}

		public void setProvider(@Nullable CacheProvider provider) {
			this.provider = provider;
		}

		public TimeToLive getTtl() {
			return this.ttl;
		}

		public void setTtl(TimeToLive ttl) {
			this.ttl = ttl;
		}

		public boolean isQueries() {
			return this.queries;
		}

		public void setQueries(boolean queries) {
			this.queries = queries;
		}

		public int getBatchSize() {
			return this.batchSize;
		}

		public void setBatchSize(int batchSize) {
			this.batchSize = notNegative(batchSize);
		}

		static int notNegative(int batchSize) {
			if (batchSize < 0) {
				throw new IllegalArgumentException(
						"a batch size must be positive, or 0 for all missing texts in one call");
			}
			return batchSize;
		}

	}

	/**
	 * Settings of the store on the heap.
	 */
	public static class CaffeineStore {

		/**
		 * Room that all entries together may take.
		 */
		private DataSize maximumWeight = DataSize.ofMegabytes(64);

		public DataSize getMaximumWeight() {
			return this.maximumWeight;
		}

		public void setMaximumWeight(DataSize maximumWeight) {
			this.maximumWeight = positive(maximumWeight);
		}

	}

	/**
	 * Settings of one model bean, each of which overrides one that is set for all.
	 */
	public static class Model {

		/**
		 * Whether this model is decorated.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Where the answers of this model are kept.
		 */
		private @Nullable CacheProvider provider;

		/**
		 * How long an answer of this model is fresh, or none for ever.
		 */
		private @Nullable TimeToLive ttl;

		/**
		 * Part of every key of this model.
		 */
		private @Nullable String namespace;

		/**
		 * Size above which an answer of this model is not stored.
		 */
		private @Nullable DataSize maxEntrySize;

		/**
		 * What tells this model from others, if it cannot be read from the bean. Beans
		 * with the same class, id and options share their entries.
		 */
		private @Nullable String modelId;

		/**
		 * For a chat model, whether answers that ask for a tool are kept.
		 */
		private @Nullable Boolean toolCalls;

		/**
		 * For a chat model, what to do with calls that set a temperature above zero.
		 */
		private @Nullable NonDeterministic nonDeterministic;

		/**
		 * For an embedding model, whether embed(String) is cached.
		 */
		private @Nullable Boolean queries;

		/**
		 * For an embedding model, how many missing texts it is asked for at a time.
		 */
		private @Nullable Integer batchSize;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable CacheProvider getProvider() {
			return this.provider;
		}

		public void setProvider(@Nullable CacheProvider provider) {
			this.provider = provider;
		}

		public @Nullable TimeToLive getTtl() {
			return this.ttl;
		}

		public void setTtl(@Nullable TimeToLive ttl) {
			this.ttl = ttl;
		}

		public @Nullable String getNamespace() {
			return this.namespace;
		}

		public void setNamespace(@Nullable String namespace) {
			this.namespace = namespace;
		}

		public @Nullable DataSize getMaxEntrySize() {
			return this.maxEntrySize;
		}

		public void setMaxEntrySize(@Nullable DataSize maxEntrySize) {
			this.maxEntrySize = (maxEntrySize != null) ? positive(maxEntrySize) : null;
		}

		public @Nullable String getModelId() {
			return this.modelId;
		}

		public void setModelId(@Nullable String modelId) {
			this.modelId = modelId;
		}

		public @Nullable Boolean getToolCalls() {
			return this.toolCalls;
		}

		public void setToolCalls(@Nullable Boolean toolCalls) {
			this.toolCalls = toolCalls;
		}

		public @Nullable NonDeterministic getNonDeterministic() {
			return this.nonDeterministic;
		}

		public void setNonDeterministic(@Nullable NonDeterministic nonDeterministic) {
			this.nonDeterministic = nonDeterministic;
		}

		public @Nullable Boolean getQueries() {
			return this.queries;
		}

		public void setQueries(@Nullable Boolean queries) {
			this.queries = queries;
		}

		public @Nullable Integer getBatchSize() {
			return this.batchSize;
		}

		public void setBatchSize(@Nullable Integer batchSize) {
			this.batchSize = (batchSize != null) ? Embedding.notNegative(batchSize) : null;
		}

	}

}
