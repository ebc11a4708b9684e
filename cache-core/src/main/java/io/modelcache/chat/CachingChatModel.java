package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.modelcache.CacheDecision;
import io.modelcache.CacheListener;
import io.modelcache.CacheSettings;
import io.modelcache.CacheStatus;
import io.modelcache.CachingModelBuilder;
import io.modelcache.FailureReport;
import io.modelcache.key.KeyHash;
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
 * An answer from the cache is a new object each time. Streams pass through. Safe for use
 * by several threads if the model is. <pre class="code">
 * ChatModel cached = CachingChatModel.builder(model)
 *     .store(CaffeineCacheStore.ofMaximumWeight(64_000_000))
 *     .ttl(Duration.ofHours(8))
 *     .build();
 * </pre>
 */
public class CachingChatModel implements ChatModel {

	private final ChatModel delegate;

	private final CacheSettings settings;

	private final ChatAdmission admission;

	private final ChatCache cache;

	private final CacheListener listener;

	/**
	 * Not private, so that a proxy of Spring can extend this class.
	 */
	CachingChatModel(Builder builder) {
		this.delegate = builder.delegate;
		this.settings = builder.resolvedSettings();
		this.listener = builder.combinedListener();
		this.admission = new ChatAdmission(this.delegate, builder.combinedPolicy(), this.settings, builder.secretHash(),
				new FailureReport(this.settings.name(), this.listener));
		this.cache = builder.exactCache(this.settings, this.listener);
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
		ChatAdmission.Admitted admitted = this.admission.admit(prompt);
		if (admitted.request() == null) {
			return bypass(prompt, CacheStatus.bypass(Objects.requireNonNullElse(admitted.reason(), "refused")));
		}
		ChatLookup lookup = this.cache.find(admitted.request());
		ChatResponse answer = lookup.answer();
		if (answer != null) {
			this.listener.onHit(this.settings.name(), lookup.status());
			return StatusMark.on(answer, lookup.status());
		}
		return forward(prompt, lookup);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return this.delegate.stream(prompt);
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

	@Override
	public String toString() {
		return "CachingChatModel[%s, %s over %s]".formatted(this.settings.name(), this.settings.layer(),
				this.delegate.getClass().getName());
	}

	private ChatResponse bypass(Prompt prompt, CacheStatus status) {
		this.listener.onBypass(this.settings.name(), status);
		return marked(this.delegate.call(prompt), status);
	}

	private ChatResponse forward(Prompt prompt, ChatLookup lookup) {
		ChatResponse response = this.delegate.call(prompt);
		CacheStatus status = keep(prompt, lookup, response);
		this.listener.onMiss(this.settings.name(), status);
		return marked(response, status);
	}

	private CacheStatus keep(Prompt prompt, ChatLookup lookup, @Nullable ChatResponse response) {
		if (response == null) {
			return lookup.status();
		}
		CacheDecision decision = this.admission.mayKeep(prompt, response);
		if (decision.reason() != null) {
			this.listener.onReject(this.settings.name(), decision.reason());
			return lookup.status().withDetail(decision.reason());
		}
		return lookup.remember(response);
	}

	/**
	 * A model may break its contract and answer {@code null}, which is passed on.
	 */
	@SuppressWarnings({ "NullAway", "ConstantValue" })
	private static ChatResponse marked(@Nullable ChatResponse response, CacheStatus status) {
		return (response != null) ? StatusMark.on(response, status) : null;
	}

	/**
	 * Collects the settings of a {@link CachingChatModel}.
	 */
	public static final class Builder extends CachingModelBuilder<Builder> {

		private final ChatModel delegate;

		private final List<ChatCachePolicy> policies = new ArrayList<>();

		private boolean toolCalls = true;

		private NonDeterministic nonDeterministic = NonDeterministic.CACHE;

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
		 * Add a policy, asked after the standard one and those added before.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder policy(ChatCachePolicy policy) {
			this.policies.add(policy);
			return this;
		}

		/**
		 * Build the model.
		 * @return the decorated model
		 * @throws IllegalStateException if no store was set
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

		private KeyHash secretHash() {
			return keyHash();
		}

		private CacheListener combinedListener() {
			return listener();
		}

		private ChatCachePolicy combinedPolicy() {
			List<ChatCachePolicy> all = new ArrayList<>();
			all.add(new StandardChatPolicy(this.toolCalls, this.nonDeterministic));
			all.addAll(this.policies);
			return new ChatPolicies(all);
		}

		private ChatCache exactCache(CacheSettings settings, CacheListener listener) {
			return new ExactChatCache(cache(settings, new ChatResponseCodec(), listener), settings.layer());
		}

	}

}
