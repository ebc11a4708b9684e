package io.modelcache.embedding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.CachingModelBuilder;
import io.modelcache.FailureReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.aop.framework.AopProxyUtils;

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

	private final EmbeddingModel delegate;

	private final CacheSettings settings;

	private final boolean queries;

	private final @Nullable String modelName;

	private final EmbeddingCalls calls;

	/**
	 * Not private, so that a proxy of Spring can extend this class.
	 */
	CachingEmbeddingModel(Builder builder) {
		this.delegate = builder.delegate;
		this.settings = builder.resolvedSettings();
		this.queries = builder.queries;
		ModelIdentity identity = ModelIdentity.of(this.delegate, this.settings.modelId());
		this.modelName = identity.name();
		this.calls = builder.calls(identity, this.settings);
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
		if (request != null && request.getClass() == EmbeddingRequest.class) {
			return this.calls.respond(EntryPoint.CALL, request, this.delegate::call);
		}
		CacheStatus status = this.calls.bypass("unknown-request");
		return ResponseAssembly.marked(this.delegate.call(request), status);
	}

	@Override
	public float[] embed(String text) {
		if (!this.queries) {
			this.calls.bypass("queries");
			return this.delegate.embed(text);
		}
		boolean own = this.calls.overrides(EntryPoint.QUERY);
		if (!own && !this.calls.overrides(EntryPoint.TEXTS)) {
			return EmbeddingModel.super.embed(text);
		}
		return this.calls
			.texts(own ? EntryPoint.QUERY : EntryPoint.TEXTS, Collections.singletonList(text),
					(same) -> Collections.singletonList(this.delegate.embed(text)))
			.get(0);
	}

	@Override
	public float[] embed(Document document) {
		return this.calls
			.documents(EntryPoint.DOCUMENT, Collections.singletonList(document), null,
					(same) -> Collections.singletonList(this.delegate.embed(document)))
			.get(0);
	}

	@Override
	public List<float[]> embed(List<String> texts) {
		return this.calls.overrides(EntryPoint.TEXTS) ? this.calls.texts(EntryPoint.TEXTS, texts, this.delegate::embed)
				: EmbeddingModel.super.embed(texts);
	}

	@Override
	public List<float[]> embed(List<Document> documents, @Nullable EmbeddingOptions options,
			BatchingStrategy batchingStrategy) {
		if (documents == null || this.modelName == null) {
			this.calls.bypass((documents == null) ? "no-input" : "unknown-model");
			return this.delegate.embed(documents, options, batchingStrategy);
		}
		if (!this.calls.overrides(EntryPoint.DOCUMENTS)) {
			return this.calls.contents(documents, options, batchingStrategy);
		}
		return this.calls.documents(EntryPoint.DOCUMENTS, documents, options,
				(some) -> this.delegate.embed(some, options, batchingStrategy));
	}

	@Override
	public EmbeddingResponse embedForResponse(List<String> texts) {
		if (!this.calls.overrides(EntryPoint.RESPONSE)) {
			return EmbeddingModel.super.embedForResponse(texts);
		}
		return this.calls.respond(EntryPoint.RESPONSE, new EmbeddingRequest(texts, null),
				(request) -> this.delegate.embedForResponse(request.getInstructions()));
	}

	@Override
	public @Nullable String getEmbeddingContent(Document document) {
		return this.delegate.getEmbeddingContent(document);
	}

	/**
	 * Tell what the vectors seen so far have shown, or ask as the model would.
	 */
	@Override
	public int dimensions() {
		return this.calls.dimensions((text) -> this.queries ? embed(text).length : this.delegate.dimensions());
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
	 * Read the name of a model from its default options, as is done for those that are
	 * decorated.
	 * @param model a model, or a proxy of one
	 * @return the name, or {@code null} if the options do not tell
	 */
	public static @Nullable String modelNameOf(EmbeddingModel model) {
		Object target = AopProxyUtils.getSingletonTarget(model);
		return ModelIdentity.of((target instanceof EmbeddingModel proxied) ? proxied : model, null).name();
	}

	/**
	 * Return the identity of the model, as configured or as read from its options.
	 * @return the name, or {@code null} if it is not known, so that nothing is cached
	 */
	public @Nullable String getModelName() {
		return this.modelName;
	}

	/**
	 * Return the vectors that the model is being asked for.
	 * @return the flights, or {@code null} if each caller asks for himself
	 */
	@Nullable VectorFlights flights() {
		return this.calls.flights();
	}

	@Override
	public String toString() {
		return "CachingEmbeddingModel[%s, %s over %s]".formatted(this.settings.name(), this.settings.layer(),
				this.delegate.getClass().getName());
	}

	/**
	 * Collects the settings of a {@link CachingEmbeddingModel}.
	 */
	public static final class Builder extends CachingModelBuilder<Builder> {

		private final EmbeddingModel delegate;

		private final List<EmbeddingCachePolicy> policies = new ArrayList<>();

		private boolean queries = true;

		private int batchSize;

		private boolean singleFlight = true;

		private @Nullable Duration maxWait;

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
		 * Set whether callers that miss the same texts at the same time share one call to
		 * the model for them.
		 * @param singleFlight whether they do; {@code true} by default
		 * @return this builder
		 */
		public Builder singleFlight(boolean singleFlight) {
			this.singleFlight = singleFlight;
			return this;
		}

		/**
		 * Set how long callers wait for the call of another one, before one of them asks
		 * the model too, and the next one after the same time again.
		 * @param maxWait a positive duration, or {@code null}, the default, for as long
		 * as it takes
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder maxWait(@Nullable Duration maxWait) {
			if (maxWait != null && (maxWait.isNegative() || maxWait.isZero())) {
				throw new IllegalArgumentException("'maxWait' must be positive, not " + maxWait);
			}
			this.maxWait = maxWait;
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

		private EmbeddingCalls calls(ModelIdentity identity, CacheSettings settings) {
			CacheListener listener = listener();
			VectorCache vectors = new VectorCache(settings, cache(settings, new VectorCodec(), listener), listener);
			BatchRunner batches = new BatchRunner(vectors, new AnsweringModels(settings.name()),
					this.singleFlight ? new VectorFlights(this.maxWait) : null, this.batchSize);
			EmbeddingAdmission admission = new EmbeddingAdmission(identity, settings, keyHash(), this.policies,
					scopeResolver(), new FailureReport(settings.name(), listener));
			return new EmbeddingCalls(this.delegate, identity, admission, batches);
		}

	}

}
