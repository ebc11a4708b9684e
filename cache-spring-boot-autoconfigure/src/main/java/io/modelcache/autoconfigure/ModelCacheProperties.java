package io.modelcache.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

import io.modelcache.autoconfigure.schema.Migration;
import io.modelcache.chat.NonDeterministic;
import io.modelcache.key.KeyHash;
import io.modelcache.store.jdbc.JdbcTables;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * The properties of the response cache.
 * <p>
 * What is set for one bean under {@code models} counts more than what is set under
 * {@code chat} or {@code embedding}, which counts more than what is set for all.
 *
 * @param enabled Whether model beans are decorated at all.
 * @param provider Where the answers are kept.
 * @param ttl How long an answer is fresh, from the moment of storing, or none for ever.
 * Embeddings do not expire unless modelcache.embedding.ttl says otherwise.
 * @param namespace Part of every key: change it to start afresh.
 * @param maxEntrySize Size above which an answer is not stored.
 * @param near What is kept in front of a store that is elsewhere.
 * @param nearTtl How long anything is kept near at most, which bounds what a missed
 * eviction can cost.
 * @param staleRetention How long an answer that is no longer fresh is kept, for calls
 * that accept a stale one.
 * @param scope Who shares answers.
 * @param keySecret When set, keys are made with it by HMAC-SHA-256, so that whoever reads
 * the store cannot check guesses at questions.
 * @param concreteInjection What happens when a model is injected by its concrete class,
 * which bypasses the cache.
 * @param strict Whether an unknown bean name under modelcache.models, or a property that
 * nothing reads, fails the start-up instead of being warned of.
 * @param explain Whether a miss of a chat model says what it differs in from the requests
 * before it, in its CacheStatus and in the log io.modelcache.explain at level DEBUG. For
 * finding out why something is not a hit; it costs time at each miss.
 * @param chat Settings of all chat models.
 * @param embedding Settings of all embedding models.
 * @param singleFlight Settings of the sharing of calls that are under way.
 * @param guard Settings of what stands in front of every store that can be slow.
 * @param caffeine Settings of the store on the heap.
 * @param jdbc Settings of the store in a relational database.
 * @param redis Settings of the store in Redis.
 * @param semantic Settings of the provider semantic.
 * @param models Settings of single model beans, by bean name.
 */
@ConfigurationProperties("modelcache")
record ModelCacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("caffeine") CacheProvider provider,
		@DefaultValue("1d") TimeToLive ttl, @DefaultValue("") String namespace,
		@DefaultValue("1MB") DataSize maxEntrySize, @DefaultValue("none") NearStore near,
		@DefaultValue("1m") Duration nearTtl, @DefaultValue("0s") Duration staleRetention,
		@DefaultValue("shared") ScopeMode scope, @Nullable String keySecret,
		@DefaultValue("warn") ConcreteInjection concreteInjection, @DefaultValue("false") boolean strict,
		@DefaultValue("false") boolean explain, @DefaultValue Chat chat, @DefaultValue Embedding embedding,
		@DefaultValue SingleFlight singleFlight, @DefaultValue Guard guard, @DefaultValue Caffeine caffeine,
		@DefaultValue Jdbc jdbc, @DefaultValue Redis redis,
		@DefaultValue @NestedConfigurationProperty SemanticProperties semantic,
		@DefaultValue Map<String, Model> models) {

	static ModelCacheProperties from(Environment environment) {
		ModelCacheProperties properties = Binder.get(environment)
			.bindOrCreate("modelcache", ModelCacheProperties.class);
		new PropertiesCheck(properties).check();
		return properties;
	}

	/**
	 * Return a property that asks for a provider, also as the store of questions that
	 * mean the same.
	 * @return its name, or {@code null} if none does
	 */
	@Nullable String propertyOf(CacheProvider wanted) {
		String provider = providerProperty(wanted);
		boolean behindMeaning = this.semantic.store() == wanted && providerProperty(CacheProvider.SEMANTIC) != null;
		return (provider == null && behindMeaning) ? "modelcache.semantic.store" : provider;
	}

	private @Nullable String providerProperty(CacheProvider wanted) {
		boolean replaced = this.chat.provider() != null && this.embedding.provider() != null;
		if (this.provider == wanted && !replaced) {
			return "modelcache.provider";
		}
		if (this.chat.provider() == wanted) {
			return "modelcache.chat.provider";
		}
		if (this.embedding.provider() == wanted) {
			return "modelcache.embedding.provider";
		}
		return this.models.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().provider() == wanted)
			.map((entry) -> "modelcache.models.%s.provider".formatted(entry.getKey()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the hash of all keys.
	 */
	KeyHash keyHash() {
		return (this.keySecret != null) ? KeyHash.hmac(this.keySecret) : KeyHash.SHA_256;
	}

	/**
	 * Show nothing, for the secret is among it.
	 */
	@Override
	public String toString() {
		return "ModelCacheProperties";
	}

	/**
	 * Return the settings that are written for a model bean. An environment variable
	 * cannot write upper case and dashes, so these do not matter.
	 * @return the settings with the name as written, or {@code null} if there are none
	 */
	@Nullable Entry<String, Model> model(String beanName) {
		Model exact = this.models.get(beanName);
		return (exact != null) ? Map.entry(beanName, exact)
				: this.models.entrySet()
					.stream()
					.filter((entry) -> isSameName(entry.getKey(), beanName))
					.findFirst()
					.orElse(null);
	}

	static boolean isSameName(String written, String beanName) {
		return uniform(written).equals(uniform(beanName));
	}

	private static String uniform(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Who shares answers.
	 */
	enum ScopeMode {

		/**
		 * All callers, unless there is a bean of type CacheScopeResolver.
		 */
		SHARED,

		/**
		 * Callers with the same user of Spring Security; without a user nothing is
		 * cached.
		 */
		PRINCIPAL,

		/**
		 * Callers whose scope is the same for the bean of type CacheScopeResolver, which
		 * must exist.
		 */
		REQUIRED

	}

	/**
	 * What happens when a model is injected by its concrete class.
	 */
	enum ConcreteInjection {

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
	 *
	 * @param enabled Whether chat models are decorated.
	 * @param provider Where answers of chat models are kept. Default:
	 * modelcache.provider.
	 * @param ttl How long an answer of a chat model is fresh, or none for ever. Default:
	 * modelcache.ttl.
	 * @param toolCalls Whether answers that ask for a tool are kept. The tool itself
	 * still runs each time.
	 * @param nonDeterministic What to do with calls that set a temperature above zero.
	 */
	record Chat(@DefaultValue("true") boolean enabled, @Nullable CacheProvider provider, @Nullable TimeToLive ttl,
			@DefaultValue("true") boolean toolCalls, @DefaultValue("cache") NonDeterministic nonDeterministic) {

	}

	/**
	 * Settings of all embedding models.
	 *
	 * @param enabled Whether embedding models are decorated.
	 * @param provider Where vectors are kept. Default: modelcache.provider.
	 * @param ttl How long a vector is fresh, or none for ever.
	 * @param queries Whether embed(String), which searches use, is cached. Documents
	 * always are.
	 * @param batchSize How many missing texts a model is asked for at a time, each part
	 * being stored before the next is asked; 0 for all in one call.
	 */
	record Embedding(@DefaultValue("true") boolean enabled, @Nullable CacheProvider provider,
			@DefaultValue("none") TimeToLive ttl, @DefaultValue("true") boolean queries,
			@DefaultValue("0") int batchSize) {

	}

	/**
	 * Settings of the sharing of calls that are under way.
	 *
	 * @param enabled Whether requests that are the same share one call to the model while
	 * it is under way.
	 * @param maxWait How long those who share a call wait before one of them asks the
	 * model too, or none for as long as it takes.
	 * @param distributed Whether all instances of the application that share a store
	 * share calls of chat models, too. Needs a store that leases: redis, or one of your
	 * own that is a LeaseStore.
	 * @param lease How long an instance that asks the model is alone with that, unless it
	 * is done before.
	 */
	record SingleFlight(@DefaultValue("true") boolean enabled, @DefaultValue("none") TimeToLive maxWait,
			@DefaultValue("false") boolean distributed, @DefaultValue("60s") Duration lease) {

	}

	/**
	 * Settings of what stands in front of every store that can be slow.
	 *
	 * @param timeout How long a call waits for the store before it goes on without it.
	 * @param maxConcurrent How many reads, and how many writes, are under way at once; 0
	 * for a number that suits the store.
	 * @param failureRate Percentage of failures over 20 calls from which on the store is
	 * left alone. A timeout or a lost connection is enough by itself.
	 * @param openFor How long a store that failed is left alone.
	 */
	record Guard(@DefaultValue("200ms") Duration timeout, @DefaultValue("0") int maxConcurrent,
			@DefaultValue("50") int failureRate, @DefaultValue("10s") Duration openFor) {

	}

	/**
	 * Settings of the store on the heap.
	 *
	 * @param maximumWeight Room that all entries together may take.
	 */
	record Caffeine(@DefaultValue("64MB") DataSize maximumWeight) {

	}

	/**
	 * Settings of the store in a relational database.
	 *
	 * @param url URL of a database of the cache's own, such as
	 * jdbc:h2:file:./data/modelcache. Default: the application's DataSource.
	 * @param username User of that database.
	 * @param password Password of that user.
	 * @param dataSource Name of the DataSource bean, if there are several and none of
	 * them is primary.
	 * @param schema Schema of the tables. Default: that of the connection.
	 * @param tablePrefix What the names of the tables begin with.
	 * @param migration Who makes the tables.
	 * @param failFast Whether the start-up fails if the database answers but the tables
	 * cannot be used. A database that does not answer never fails it.
	 * @param purgeInterval How often answers whose time is over are deleted.
	 * @param linger Whether a connection to PostgreSQL may stay with the cache for a
	 * moment after a hit, while hits follow each other closely.
	 * @param storePrompts Whether the text of questions is stored beside the answers, for
	 * people to search.
	 */
	record Jdbc(@Nullable String url, @Nullable String username, @Nullable String password, @Nullable String dataSource,
			@Nullable String schema, @DefaultValue(JdbcTables.DEFAULT_PREFIX) String tablePrefix,
			@DefaultValue("flyway") Migration migration, @DefaultValue("true") boolean failFast,
			@DefaultValue("10m") Duration purgeInterval, @DefaultValue("true") boolean linger,
			@DefaultValue("false") boolean storePrompts) {

		/**
		 * Show nothing, for the password is among it.
		 */
		@Override
		public String toString() {
			return "Jdbc";
		}

	}

	/**
	 * Settings of the store in Redis.
	 *
	 * @param keyPrefix What all keys begin with. Applications with the same prefix on one
	 * server share their entries.
	 * @param connectionFactory Name of the bean that connects to Redis, if there are
	 * several and none of them is primary.
	 */
	record Redis(@DefaultValue("modelcache:") String keyPrefix, @Nullable String connectionFactory) {

	}

	/**
	 * Settings of one model bean, each of which overrides one that is set for all.
	 *
	 * @param enabled Whether this model is decorated.
	 * @param provider Where the answers of this model are kept.
	 * @param ttl How long an answer of this model is fresh, or none for ever.
	 * @param namespace Part of every key of this model.
	 * @param maxEntrySize Size above which an answer of this model is not stored.
	 * @param staleRetention How long an answer of this model that is no longer fresh is
	 * kept.
	 * @param scope Who shares answers of this model.
	 * @param modelId What tells this model from others, if it cannot be read from the
	 * bean. Beans with the same class, id and options share their entries.
	 * @param toolCalls For a chat model, whether answers that ask for a tool are kept.
	 * @param nonDeterministic For a chat model, what to do with calls that set a
	 * temperature above zero.
	 * @param singleFlight How this model shares calls that are under way.
	 * @param explain For a chat model, whether a miss says what it differs in from the
	 * requests before it.
	 * @param semantic For a chat model whose provider is semantic, how its questions are
	 * compared.
	 * @param queries For an embedding model, whether embed(String) is cached.
	 * @param batchSize For an embedding model, how many missing texts it is asked for at
	 * a time.
	 */
	record Model(@Nullable Boolean enabled, @Nullable CacheProvider provider, @Nullable TimeToLive ttl,
			@Nullable String namespace, @Nullable DataSize maxEntrySize, @Nullable Duration staleRetention,
			@Nullable ScopeMode scope, @Nullable String modelId, @Nullable Boolean toolCalls,
			@Nullable NonDeterministic nonDeterministic, @DefaultValue OwnSingleFlight singleFlight,
			@Nullable Boolean explain, @DefaultValue @NestedConfigurationProperty OwnSemanticProperties semantic,
			@Nullable Boolean queries, @Nullable Integer batchSize) {

		static final Model UNSET = new Model(null, null, null, null, null, null, null, null, null, null,
				OwnSingleFlight.UNSET, null, OwnSemanticProperties.UNSET, null, null);

	}

	/**
	 * How one model shares calls that are under way.
	 *
	 * @param enabled Whether requests to this model that are the same share one call
	 * while it is under way.
	 * @param maxWait How long those who share a call of this model wait before one of
	 * them asks it too, or none for as long as it takes.
	 * @param distributed For a chat model, whether instances of the application share
	 * calls of this model.
	 * @param lease How long one instance asks this model alone.
	 */
	record OwnSingleFlight(@Nullable Boolean enabled, @Nullable TimeToLive maxWait, @Nullable Boolean distributed,
			@Nullable Duration lease) {

		static final OwnSingleFlight UNSET = new OwnSingleFlight(null, null, null, null);

	}

}
