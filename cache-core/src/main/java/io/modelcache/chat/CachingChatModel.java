package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.CachingModelBuilder;
import io.modelcache.FailureReport;
import io.modelcache.ModelCache;
import io.modelcache.store.CacheStore;
import io.modelcache.store.LeaseStore;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A chat model that answers repeated requests from a cache and passes all others to the
 * model it decorates.
 * <p>
 * What the model returns or throws reaches the caller unchanged, but for the
 * {@link CacheStatus} in the metadata of a response. A failing store never fails a call.
 * An answer from the cache is a new object each time. A call and a stream of the same
 * request share an entry, and while the model is asked, all who ask the same share that
 * one call. {@link io.modelcache.CacheControl} changes all that for a single call. Safe
 * for use by several threads if the model is. <pre class="code">
 * ChatModel cached = CachingChatModel.builder(model)
 *     .store(CaffeineCacheStore.ofMaximumWeight(64_000_000))
 *     .ttl(Duration.ofHours(8))
 *     .build();
 * </pre>
 */
public class CachingChatModel implements ChatModel {

	private final ChatModel delegate;

	private final CacheSettings settings;

	private final ChatCalls calls;

	private final ChatStreams streams;

	private final @Nullable ChatFlights flights;

	/**
	 * Not private, so that a proxy of Spring can extend this class.
	 */
	CachingChatModel(Builder builder) {
		this.delegate = builder.delegate;
		this.settings = builder.resolvedSettings();
		ChatRoom room = builder.room(this.settings);
		this.calls = new ChatCalls(room);
		this.streams = new ChatStreams(room, this.calls, this.settings.maxEntrySize());
		this.flights = room.flights();
	}

	/**
	 * Start to decorate a model.
	 * @param model the model
	 * @return a builder; answers are fresh for one day until it is told otherwise
	 */
	public static Builder builder(ChatModel model) {
		return new Builder(model);
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.calls.call(prompt);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return (prompt != null) ? this.streams.stream(prompt) : this.delegate.stream(prompt);
	}

	@Override
	public ChatOptions getOptions() {
		return this.delegate.getOptions();
	}

	@Override
	@Deprecated
	@SuppressWarnings("removal")
	public ChatOptions getDefaultOptions() {
		return this.delegate.getDefaultOptions();
	}

	/**
	 * Return the model that answers what the cache cannot.
	 * @return the decorated model
	 */
	public ChatModel getDelegate() {
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
	 * Return how many calls are under way that others may share.
	 */
	int underWay() {
		return (this.flights != null) ? this.flights.size() : 0;
	}

	@Override
	public String toString() {
		return "CachingChatModel[%s, %s over %s]".formatted(this.settings.name(), this.settings.layer(),
				this.delegate.getClass().getName());
	}

	/**
	 * Collects the settings of a {@link CachingChatModel}.
	 */
	public static final class Builder extends CachingModelBuilder<Builder> {

		private final ChatModel delegate;

		private final List<ChatCachePolicy> policies = new ArrayList<>();

		private boolean toolCalls = true;

		private NonDeterministic nonDeterministic = NonDeterministic.CACHE;

		private boolean storeQuestions;

		private boolean singleFlight = true;

		private boolean explain;

		private @Nullable Duration maxWait;

		private @Nullable Duration lease;

		private Executor refreshExecutor = RefreshPool.INSTANCE;

		private @Nullable ChatCacheLayer cacheLayer;

		private Builder(ChatModel delegate) {
			super(delegate.getClass().getSimpleName(), Duration.ofDays(1));
			this.delegate = delegate;
		}

		/**
		 * Set whether answers that ask for a tool are kept.
		 * @param toolCalls whether they are; {@code true} by default
		 * @return this builder
		 */
		public Builder toolCalls(boolean toolCalls) {
			this.toolCalls = toolCalls;
			return this;
		}

		/**
		 * Set what happens to calls that set a temperature above zero.
		 * @param nonDeterministic what to do; they are cached by default
		 * @return this builder
		 */
		public Builder nonDeterministic(NonDeterministic nonDeterministic) {
			this.nonDeterministic = nonDeterministic;
			return this;
		}

		/**
		 * Store the text of questions beside the answers, for people to
		 * {@linkplain io.modelcache.ModelCacheManager#search search}. It is what the user
		 * said last.
		 * @param storeQuestions whether to store it; it is not stored by default
		 * @return this builder
		 */
		public Builder storeQuestions(boolean storeQuestions) {
			this.storeQuestions = storeQuestions;
			return this;
		}

		/**
		 * Set whether a miss says what it differs in from the requests before it, in its
		 * status and, at level DEBUG, in the log {@code io.modelcache.explain}. That
		 * takes digests of the parts of the last 100 requests, and time at each miss.
		 * @param explain whether it does; {@code false} by default
		 * @return this builder
		 */
		public Builder explain(boolean explain) {
			this.explain = explain;
			return this;
		}

		/**
		 * Add a policy, asked after the standard one and those added before.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder policy(ChatCachePolicy policy) {
			this.policies.add(policy);
			return this;
		}

		/**
		 * Set whether requests that are the same share one call to the model while it is
		 * under way.
		 * @param singleFlight whether they do; {@code true} by default
		 * @return this builder
		 */
		public Builder singleFlight(boolean singleFlight) {
			this.singleFlight = singleFlight;
			return this;
		}

		/**
		 * Set how long those who share a call wait before one of them asks the model too;
		 * after the same time again, the next one does.
		 * @param maxWait a positive duration, or {@code null}, the default, to wait as
		 * long as the call takes
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is zero or negative
		 */
		public Builder maxWait(@Nullable Duration maxWait) {
			if (maxWait != null && (maxWait.isNegative() || maxWait.isZero())) {
				throw new IllegalArgumentException(
						"'maxWait' must be positive, or null to wait as long as the call " + "takes, not " + maxWait);
			}
			this.maxWait = maxWait;
			return this;
		}

		/**
		 * Let all instances that share the store share calls, too: one of them asks the
		 * model while it lives and holds the lease of the request, and the others wait
		 * for its answer. After the lease is over, two may ask.
		 * @param lease how long a lease takes, longer than the model takes for most
		 * answers; or {@code null}, the default, if each instance is on its own
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is shorter than a millisecond
		 */
		public Builder distributed(@Nullable Duration lease) {
			if (lease != null && lease.compareTo(Duration.ofMillis(1)) < 0) {
				throw new IllegalArgumentException("A lease takes at least a millisecond, not " + lease);
			}
			this.lease = lease;
			return this;
		}

		/**
		 * Set what renews stale answers in the background. It should be bounded; what it
		 * rejects is not renewed.
		 * @param refreshExecutor the executor; by default two threads for all models
		 * @return this builder
		 */
		public Builder refreshExecutor(Executor refreshExecutor) {
			this.refreshExecutor = refreshExecutor;
			return this;
		}

		/**
		 * Put another way of finding answers in front of the exact one, such as
		 * {@code SemanticCaching}.
		 * @param cacheLayer builds it, or {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder cacheLayer(@Nullable ChatCacheLayer cacheLayer) {
			this.cacheLayer = cacheLayer;
			return this;
		}

		/**
		 * Build the model.
		 * @return the decorated model
		 * @throws IllegalStateException if no store was set, or one that cannot lease
		 * though calls are to be {@link #distributed shared by instances}
		 * @throws IllegalArgumentException if a setting is wrong
		 */
		public CachingChatModel build() {
			return new CachingChatModel(this);
		}

		@Override
		protected Builder self() {
			return this;
		}

		private CacheSettings resolvedSettings() {
			return settings();
		}

		private ChatRoom room(CacheSettings settings) {
			CacheListener listener = listener();
			FailureReport failures = new FailureReport(settings.name(), listener);
			ChatFingerprinter fingerprinter = new ChatFingerprinter(this.delegate, settings, keyHash());
			ChatAdmission admission = new ChatAdmission(this.delegate, combinedPolicy(), fingerprinter, settings,
					scopeResolver(), keyHash(), failures, this.storeQuestions);
			ChatCache timed = TimedChatCache.of(chatCache(settings, fingerprinter, listener, failures), settings,
					listener);
			ChatCache cache = this.explain ? new ExplainingChatCache(settings.name(), timed, fingerprinter, failures)
					: timed;
			return new ChatRoom(settings.name(), this.delegate, admission, cache,
					new ChatKeeper(settings.name(), admission, listener),
					this.singleFlight ? new ChatFlights(this.maxWait) : null, leases(cache, failures),
					new Refresher(settings.name(), this.refreshExecutor, listener, failures), listener);
		}

		private ChatCache chatCache(CacheSettings settings, ChatFingerprinter fingerprinter, CacheListener listener,
				FailureReport failures) {
			ModelCache<ChatAnswer> answers = cache(settings, new ChatAnswerCodec(), listener);
			ChatCache exact = new ExactChatCache(answers, settings.layer());
			CacheStore store = store();
			if (this.cacheLayer == null || store == null) {
				return exact;
			}
			return this.cacheLayer.over(exact,
					new ChatCacheContext(settings, this.delegate, store, answers, fingerprinter, keyHash(),
							new ChatCacheContext.Surroundings(clock(), listener, failures, this.refreshExecutor)));
		}

		private @Nullable ChatLeases leases(ChatCache cache, FailureReport failures) {
			if (this.lease == null || !this.singleFlight) {
				return null;
			}
			CacheStore store = store();
			LeaseStore leases = (store != null) ? store.capability(LeaseStore.class) : null;
			if (leases == null) {
				throw new IllegalStateException(
						"Calls are shared by instances only over a store that is a LeaseStore, such as RedisCacheStore");
			}
			return new ChatLeases(leases, this.lease, this.maxWait, cache, failures);
		}

		private ChatCachePolicy combinedPolicy() {
			List<ChatCachePolicy> all = new ArrayList<>();
			all.add(new StandardChatPolicy(this.toolCalls, this.nonDeterministic));
			all.addAll(this.policies);
			return new ChatPolicies(all);
		}

	}

}
