package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.modelcache.CacheListener;
import io.modelcache.CacheScope;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.CachingModelBuilder;
import io.modelcache.EntryTerms;
import io.modelcache.FailureReport;
import io.modelcache.key.KeyHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * An embedding model that knows the vectors of texts it has seen and asks the model it
 * decorates for all others.
 * <p>
 * Of a batch, only the distinct texts that are missing are asked for, in first-seen
 * order; the result has the original order. Every method returns what the decorated
 * model's own would return. A failing store never fails a call. Arrays are never shared
 * between callers. Safe for use by several threads if the model is.
 * <p>
 * The cache must know which model it is, for two models have different vectors for the
 * same text: by {@link Builder#modelId(String)} or from the options of the model's class.
 * If it does not, nothing is cached and a warning says so.
 */
public class CachingEmbeddingModel implements EmbeddingModel {

	private static final Logger logger = LoggerFactory.getLogger(CachingEmbeddingModel.class);

	private static final String ANY_TEXT = "text";

	private final EmbeddingModel delegate;

	private final CacheSettings settings;

	private final Set<EntryPoint> overridden;

	private final boolean queries;

	private final @Nullable String modelName;

	private final EmbeddingAdmission admission;

	private final VectorCache cache;

	private final BatchRunner batches;

	/**
	 * Not private, so that a proxy of Spring can extend this class.
	 */
	CachingEmbeddingModel(Builder builder) {
		this.delegate = builder.delegate;
		this.settings = builder.resolvedSettings();
		this.overridden = EntryPoint.overriddenBy(this.delegate);
		this.queries = builder.queries;
		CacheListener listener = builder.combinedListener();
		ModelIdentity identity = ModelIdentity.of(this.delegate, this.settings.modelId());
		this.modelName = identity.name();
		this.admission = new EmbeddingAdmission(
				this.modelName != null, builder.policies, new EmbeddingFingerprinter(this.delegate, identity,
						this.settings, builder.secretHash(), CacheScope.SHARED),
				new FailureReport(this.settings.name(), listener));
		this.cache = builder.vectorCache(this.settings, listener);
		this.batches = new BatchRunner(this.cache, builder.batchSize);
		if (this.modelName == null) {
			logger.warn("Embeddings of '{}' are not cached, because {} does not tell the name of its model. "
					+ "Set modelcache.models.{}.model-id (or modelId(…) on the builder) to any text that names the "
					+ "model and changes with it", this.settings.name(), this.delegate.getClass().getName(),
					this.settings.name());
		}
	}

	/**
	 * Start to decorate a model.
	 * @param model the model
	 * @return a builder; vectors do not expire until it is told otherwise
	 */
	public static Builder builder(EmbeddingModel model) {
		return new Builder(model);
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<String> texts = (request != null) ? request.getInstructions() : null;
		EmbeddingAdmission.Admitted admitted = this.admission.admit(ANY_TEXT, texts,
				(request != null) ? request.getOptions() : null);
		if (admitted.keys() == null || texts == null) {
			CacheStatus status = this.cache.bypass(admitted.reason());
			return marked(this.delegate.call(request), status);
		}
		ResponseAssembly assembly = new ResponseAssembly(this.delegate, request);
		BatchRunner.Outcome outcome = this.batches.run(admitted.keys(), texts, assembly::ask);
		if (outcome == null) {
			return assembly.whatTheModelSays(this.cache.bypass("unexpected-answer"));
		}
		return assembly.response(outcome, Objects.requireNonNullElse(this.modelName, ""));
	}

	@Override
	public float[] embed(String text) {
		Supplier<float[]> model = () -> this.delegate.embed(text);
		if (!this.queries) {
			this.cache.bypass("queries");
			return model.get();
		}
		String entryPoint = this.overridden.contains(EntryPoint.QUERY) ? "query" : ANY_TEXT;
		return single(this.admission.admit(entryPoint, (text != null) ? List.of(text) : null, null), model);
	}

	@Override
	public float[] embed(Document document) {
		Supplier<float[]> model = () -> this.delegate.embed(document);
		return (document != null) ? single(admit("document", List.of(document), null), model) : model.get();
	}

	@Override
	public List<float[]> embed(List<String> texts) {
		if (!this.overridden.contains(EntryPoint.TEXTS)) {
			return EmbeddingModel.super.embed(texts);
		}
		return many(this.admission.admit("texts", texts, null), texts, this.delegate::embed);
	}

	@Override
	public List<float[]> embed(List<Document> documents, @Nullable EmbeddingOptions options,
			BatchingStrategy batchingStrategy) {
		if (!this.overridden.contains(EntryPoint.DOCUMENTS)) {
			return EmbeddingModel.super.embed(documents, options, batchingStrategy);
		}
		Function<List<Document>, List<float[]>> model = (some) -> this.delegate.embed(some, options, batchingStrategy);
		return (documents != null) ? many(admit("documents", documents, options), documents, model)
				: this.delegate.embed(documents, options, batchingStrategy);
	}

	@Override
	public EmbeddingResponse embedForResponse(List<String> texts) {
		if (!this.overridden.contains(EntryPoint.RESPONSE)) {
			return EmbeddingModel.super.embedForResponse(texts);
		}
		return marked(this.delegate.embedForResponse(texts), this.cache.bypass("own-response"));
	}

	@Override
	public @Nullable String getEmbeddingContent(Document document) {
		return this.delegate.getEmbeddingContent(document);
	}

	/**
	 * Ask the model if it has an answer of its own; the default one embeds a text, which
	 * is done once only.
	 */
	@Override
	public int dimensions() {
		return this.overridden.contains(EntryPoint.DIMENSIONS) ? this.delegate.dimensions()
				: EmbeddingModel.super.dimensions();
	}

	/**
	 * Return the model that is asked for what the cache does not know.
	 * @return the decorated model
	 */
	public EmbeddingModel getDelegate() {
		return this.delegate;
	}

	/**
	 * Return the settings of this model's cache.
	 * @return the settings
	 */
	public CacheSettings getSettings() {
		return this.settings;
	}

	/**
	 * Return the identity of the model, as configured or as read from its options.
	 * @return the name, or {@code null} if it is not known, so that nothing is cached
	 */
	public @Nullable String getModelName() {
		return this.modelName;
	}

	@Override
	public String toString() {
		return "CachingEmbeddingModel[%s, %s over %s]".formatted(this.settings.name(), this.settings.layer(),
				this.delegate.getClass().getName());
	}

	private EmbeddingAdmission.Admitted admit(String entryPoint, List<Document> documents,
			@Nullable EmbeddingOptions options) {
		List<@Nullable String> contents = new ArrayList<>(documents.size());
		for (Document document : documents) {
			contents.add(contentOf(document));
		}
		boolean complete = this.overridden.contains(EntryPoint.CONTENT);
		return this.admission.admit(entryPoint, documents, contents, complete, options);
	}

	/**
	 * A document that has no content is left to the model, which knows what to say.
	 */
	private @Nullable String contentOf(@Nullable Document document) {
		try {
			return (document != null) ? this.delegate.getEmbeddingContent(document) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private float[] single(EmbeddingAdmission.Admitted admitted, Supplier<float[]> model) {
		if (admitted.keys() == null) {
			this.cache.bypass(admitted.reason());
			return model.get();
		}
		return this.cache.one(admitted.keys().get(0), model);
	}

	private <I> List<float[]> many(EmbeddingAdmission.Admitted admitted, List<I> inputs,
			Function<List<I>, List<float[]>> model) {
		BatchRunner.Outcome outcome = null;
		if (admitted.keys() != null) {
			outcome = this.batches.run(admitted.keys(), inputs, model);
		}
		if (outcome == null) {
			this.cache.bypass((admitted.keys() != null) ? "unexpected-answer" : admitted.reason());
			return model.apply(inputs);
		}
		return outcome.vectors();
	}

	/**
	 * A model may break its contract and answer {@code null}, which is passed on.
	 */
	@SuppressWarnings({ "NullAway", "ConstantValue" })
	private static EmbeddingResponse marked(@Nullable EmbeddingResponse response, CacheStatus status) {
		return (response != null) ? ResponseAssembly.marked(response, status) : null;
	}

	/**
	 * Collects the settings of a {@link CachingEmbeddingModel}.
	 */
	public static final class Builder extends CachingModelBuilder<Builder> {

		private final EmbeddingModel delegate;

		private final List<EmbeddingCachePolicy> policies = new ArrayList<>();

		private boolean queries = true;

		private int batchSize;

		private Builder(EmbeddingModel delegate) {
			super(delegate.getClass().getSimpleName(), null);
			this.delegate = delegate;
		}

		/**
		 * Set whether {@code embed(String)}, which searches use, is cached.
		 * @param queries whether it is; {@code true} by default
		 * @return this builder
		 */
		public Builder queries(boolean queries) {
			this.queries = queries;
			return this;
		}

		/**
		 * Set how many missing texts the model is asked for at a time; each part is
		 * stored before the next is asked, so that progress survives a failure.
		 * @param batchSize the number of texts, or 0, the default, for all in one call
		 * @return this builder
		 * @throws IllegalArgumentException if the number is negative
		 */
		public Builder batchSize(int batchSize) {
			if (batchSize < 0) {
				throw new IllegalArgumentException("'batchSize' must not be negative, but is " + batchSize);
			}
			this.batchSize = batchSize;
			return this;
		}

		/**
		 * Add a policy, asked after those added before.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder policy(EmbeddingCachePolicy policy) {
			this.policies.add(policy);
			return this;
		}

		/**
		 * Build the model.
		 * @return the decorated model
		 * @throws IllegalStateException if no store was set
		 * @throws IllegalArgumentException if a setting is wrong
		 */
		public CachingEmbeddingModel build() {
			return new CachingEmbeddingModel(this);
		}

		@Override
		protected Builder self() {
			return this;
		}

		private CacheSettings resolvedSettings() {
			return settings();
		}

		private KeyHash secretHash() {
			return keyHash();
		}

		private CacheListener combinedListener() {
			return listener();
		}

		private VectorCache vectorCache(CacheSettings settings, CacheListener listener) {
			return new VectorCache(settings.name(), settings.layer(), cache(settings, new VectorCodec(), listener),
					EntryTerms.shared(settings.ttl()), listener);
		}

	}

}
