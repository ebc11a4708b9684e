package io.modelcache;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The directives that one call gives to the cache; {@link CacheControl} starts them.
 * <p>
 * Immutable: every method that sets something returns another instance.
 */
public final class CacheDirectives implements CacheControl {

	/**
	 * Nothing is asked for.
	 */
	public static final CacheDirectives NONE = new CacheDirectives(new Parts());

	private static final ThreadLocal<CacheDirectives> CURRENT = new ThreadLocal<>();

	private static final int MAX_TAGS = 16;

	private static final int MAX_LABEL = 200;

	private final Parts parts;

	private CacheDirectives(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Return the directives of the current thread.
	 * @return the directives of the innermost {@link #call(Supplier)}, outer ones
	 * included
	 */
	public static CacheDirectives current() {
		CacheDirectives current = CURRENT.get();
		return (current != null) ? current : NONE;
	}

	/**
	 * Return the directives of a Reactor context.
	 * @param context the context
	 * @return the directives
	 */
	public static CacheDirectives from(ContextView context) {
		return context.<CacheDirectives>getOrEmpty(CacheControl.class).orElse(NONE);
	}

	/**
	 * Return whether the cache may answer.
	 * @return {@code false} after {@link #noCache()}
	 */
	public boolean mayRead() {
		return !this.parts.noCache;
	}

	/**
	 * Return whether the answer may be stored.
	 * @return {@code false} after {@link #noStore()}
	 */
	public boolean mayStore() {
		return !this.parts.noStore;
	}

	/**
	 * Return whether the model must not be asked.
	 * @return {@code true} after {@link #onlyIfCached()}
	 */
	public boolean mustHit() {
		return this.parts.onlyIfCached;
	}

	/**
	 * Return how long the answer is to be fresh.
	 * @return the time, or {@code null} for the configured one
	 */
	public @Nullable Duration ttl() {
		return this.parts.ttl;
	}

	/**
	 * Return the greatest age that will do.
	 * @return the age, or {@code null} for any
	 */
	public @Nullable Duration maxAge() {
		return this.parts.maxAge;
	}

	/**
	 * Return how long a stale answer will do if the model fails.
	 * @return the time, zero for not at all
	 */
	public Duration staleIfError() {
		return (this.parts.staleIfError != null) ? this.parts.staleIfError : Duration.ZERO;
	}

	/**
	 * Return how long a stale answer will do while it is renewed.
	 * @return the time, zero for not at all
	 */
	public Duration staleWhileRevalidate() {
		return (this.parts.staleWhileRevalidate != null) ? this.parts.staleWhileRevalidate : Duration.ZERO;
	}

	/**
	 * Return the labels of the answer.
	 * @return the labels, possibly none
	 */
	public Set<String> tags() {
		return this.parts.tags;
	}

	/**
	 * Return the scope.
	 * @return the scope, or {@code null} for that of the resolver
	 */
	public @Nullable String scope() {
		return this.parts.scope;
	}

	/**
	 * Return what tells several answers apart.
	 * @return the variant, or {@code null}
	 */
	public @Nullable String variant() {
		return this.parts.variant;
	}

	/**
	 * Add {@link CacheControl#noCache()}.
	 * @return the directives with it
	 */
	public CacheDirectives noCache() {
		return with((parts) -> parts.noCache = true);
	}

	/**
	 * Add {@link CacheControl#noStore()}.
	 * @return the directives with it
	 */
	public CacheDirectives noStore() {
		return with((parts) -> parts.noStore = true);
	}

	/**
	 * Add {@link CacheControl#bypass()}.
	 * @return the directives with it
	 */
	public CacheDirectives bypass() {
		return noCache().noStore();
	}

	/**
	 * Add {@link CacheControl#onlyIfCached()}.
	 * @return the directives with it
	 */
	public CacheDirectives onlyIfCached() {
		return with((parts) -> parts.onlyIfCached = true);
	}

	/**
	 * Add {@link CacheControl#ttl(Duration)}.
	 * @param ttl how long the answer is fresh, positive
	 * @return the directives with it
	 * @throws IllegalArgumentException if the time is zero or negative
	 */
	public CacheDirectives ttl(Duration ttl) {
		Objects.requireNonNull(ttl, "'ttl' must not be null");
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException(
					"'ttl' must be positive, not %s; to store nothing, use noStore()".formatted(ttl));
		}
		return with((parts) -> parts.ttl = ttl);
	}

	/**
	 * Add {@link CacheControl#maxAge(Duration)}.
	 * @param maxAge the greatest age that will do, not negative
	 * @return the directives with it
	 * @throws IllegalArgumentException if the age is negative
	 */
	public CacheDirectives maxAge(Duration maxAge) {
		Duration checked = notNegative("maxAge", maxAge);
		return with((parts) -> parts.maxAge = checked);
	}

	/**
	 * Add {@link CacheControl#staleIfError(Duration)}.
	 * @param staleIfError how long a stale answer will do, not negative
	 * @return the directives with it
	 * @throws IllegalArgumentException if the time is negative
	 */
	public CacheDirectives staleIfError(Duration staleIfError) {
		Duration checked = notNegative("staleIfError", staleIfError);
		return with((parts) -> parts.staleIfError = checked);
	}

	/**
	 * Add {@link CacheControl#staleWhileRevalidate(Duration)}.
	 * @param staleWhileRevalidate how long a stale answer will do, not negative
	 * @return the directives with it
	 * @throws IllegalArgumentException if the time is negative
	 */
	public CacheDirectives staleWhileRevalidate(Duration staleWhileRevalidate) {
		Duration checked = notNegative("staleWhileRevalidate", staleWhileRevalidate);
		return with((parts) -> parts.staleWhileRevalidate = checked);
	}

	/**
	 * Add {@link CacheControl#tags(String...)} to those that are there.
	 * @param tags the labels, not blank, at most 16 of at most 200 characters
	 * @return the directives with them
	 * @throws IllegalArgumentException if a label is blank or too long, or there are too
	 * many
	 */
	public CacheDirectives tags(String... tags) {
		Set<String> all = new TreeSet<>(this.parts.tags);
		for (String tag : tags) {
			all.add(label("tag", tag));
		}
		if (all.size() > MAX_TAGS) {
			throw new IllegalArgumentException("An answer has at most %d tags, not %d".formatted(MAX_TAGS, all.size()));
		}
		return with((parts) -> parts.tags = Set.copyOf(all));
	}

	/**
	 * Add {@link CacheControl#scope(String)}.
	 * @param scope the scope, not blank
	 * @return the directives with it
	 * @throws IllegalArgumentException if the scope is blank
	 */
	public CacheDirectives scope(String scope) {
		Objects.requireNonNull(scope, "A scope must not be null");
		if (scope.isBlank()) {
			throw new IllegalArgumentException("A scope must not be blank");
		}
		return with((parts) -> parts.scope = scope);
	}

	/**
	 * Add {@link CacheControl#variant(String)}.
	 * @param variant tells several answers to one question apart, not blank
	 * @return the directives with it
	 * @throws IllegalArgumentException if the variant is blank
	 */
	public CacheDirectives variant(String variant) {
		Objects.requireNonNull(variant, "A variant must not be null");
		if (variant.isBlank()) {
			throw new IllegalArgumentException("A variant must not be blank");
		}
		return with((parts) -> parts.variant = variant);
	}

	/**
	 * Add other directives.
	 * @param inner the others, which count where both say something about the same
	 * @return both together
	 */
	public CacheDirectives and(CacheDirectives inner) {
		if (this == NONE || inner == NONE) {
			return (this == NONE) ? inner : this;
		}
		return with((parts) -> parts.add(inner.parts));
	}

	@Override
	public <T> T call(Supplier<T> action) {
		CacheDirectives outer = CURRENT.get();
		CURRENT.set((outer != null) ? outer.and(this) : this);
		try {
			return action.get();
		}
		finally {
			restore(outer);
		}
	}

	@Override
	public Function<Context, Context> asContext() {
		return (context) -> context.put(CacheControl.class, from(context).and(this));
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		return call(() -> chain.nextCall(request));
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return chain.nextStream(request).contextWrite(asContext());
	}

	@Override
	public String getName() {
		return "CacheControl";
	}

	/**
	 * Come first, so that every call to the model that other advisors make is meant.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	private static void restore(@Nullable CacheDirectives outer) {
		if (outer != null) {
			CURRENT.set(outer);
		}
		else {
			CURRENT.remove();
		}
	}

	private CacheDirectives with(Consumer<Parts> change) {
		Parts changed = new Parts();
		changed.add(this.parts);
		change.accept(changed);
		return new CacheDirectives(changed);
	}

	private static Duration notNegative(String name, Duration duration) {
		Objects.requireNonNull(duration, () -> "'%s' must not be null".formatted(name));
		if (duration.isNegative()) {
			throw new IllegalArgumentException("'%s' must not be negative, but is %s".formatted(name, duration));
		}
		return duration;
	}

	private static String label(String what, String text) {
		Objects.requireNonNull(text, () -> "A %s must not be null".formatted(what));
		if (text.isBlank() || text.length() > MAX_LABEL) {
			throw new IllegalArgumentException(
					"A %s must have between 1 and %d characters that are not all blank".formatted(what, MAX_LABEL));
		}
		return text;
	}

	/**
	 * The single directives, which change only while an instance is made.
	 */
	private static final class Parts {

		private boolean noCache;

		private boolean noStore;

		private boolean onlyIfCached;

		private @Nullable Duration ttl;

		private @Nullable Duration maxAge;

		private @Nullable Duration staleIfError;

		private @Nullable Duration staleWhileRevalidate;

		private Set<String> tags = Set.of();

		private @Nullable String scope;

		private @Nullable String variant;

		private void add(Parts other) {
			this.noCache |= other.noCache;
			this.noStore |= other.noStore;
			this.onlyIfCached |= other.onlyIfCached;
			this.ttl = (other.ttl != null) ? other.ttl : this.ttl;
			this.maxAge = (other.maxAge != null) ? other.maxAge : this.maxAge;
			this.staleIfError = (other.staleIfError != null) ? other.staleIfError : this.staleIfError;
			this.staleWhileRevalidate = (other.staleWhileRevalidate != null) ? other.staleWhileRevalidate
					: this.staleWhileRevalidate;
			this.tags = union(this.tags, other.tags);
			this.scope = (other.scope != null) ? other.scope : this.scope;
			this.variant = (other.variant != null) ? other.variant : this.variant;
		}

		private static Set<String> union(Set<String> one, Set<String> other) {
			if (one.isEmpty() || other.isEmpty()) {
				return one.isEmpty() ? other : one;
			}
			Set<String> all = new TreeSet<>(one);
			all.addAll(other);
			return Set.copyOf(all);
		}

	}

}
