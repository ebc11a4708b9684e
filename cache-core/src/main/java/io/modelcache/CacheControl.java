package io.modelcache;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * What one call wants of the cache, in the words of HTTP.
 * <p>
 * Directives are combined by chaining and take effect in one of three ways:
 * <pre class="code">
 * CacheControl.noStore().call(() -&gt; chatModel.call(prompt));
 *
 * chatClient.prompt(question).advisors(CacheControl.ttl(Duration.ofHours(1)).tags("pricing")).call();
 *
 * chatModel.stream(prompt).contextWrite(CacheControl.noCache().asContext());
 * </pre> Nested ones add up; where two say something about the same, the inner one
 * counts. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#name-cache-control">RFC 9111</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5861">RFC 5861</a>
 */
public sealed interface CacheControl extends CallAdvisor, StreamAdvisor permits CacheDirectives {

	/**
	 * Do not answer from the cache; store the new answer.
	 * @return the directives
	 */
	static CacheDirectives noCache() {
		return CacheDirectives.NONE.noCache();
	}

	/**
	 * Do not store the answer; one from the cache will do.
	 * @return the directives
	 */
	static CacheDirectives noStore() {
		return CacheDirectives.NONE.noStore();
	}

	/**
	 * Leave the cache aside: neither read nor store.
	 * @return the directives
	 */
	static CacheDirectives bypass() {
		return CacheDirectives.NONE.bypass();
	}

	/**
	 * Do not ask the model: a miss throws a {@link CacheMissException}.
	 * @return the directives
	 */
	static CacheDirectives onlyIfCached() {
		return CacheDirectives.NONE.onlyIfCached();
	}

	/**
	 * Store the answer for another time than the configured one.
	 * @param ttl how long it is fresh, positive
	 * @return the directives
	 */
	static CacheDirectives ttl(Duration ttl) {
		return CacheDirectives.NONE.ttl(ttl);
	}

	/**
	 * Accept an answer only if it is young enough.
	 * @param maxAge the greatest age that will do, not negative
	 * @return the directives
	 */
	static CacheDirectives maxAge(Duration maxAge) {
		return CacheDirectives.NONE.maxAge(maxAge);
	}

	/**
	 * If the model fails, accept a stale answer.
	 * @param staleIfError how long after its freshness it still will do, not negative
	 * @return the directives
	 */
	static CacheDirectives staleIfError(Duration staleIfError) {
		return CacheDirectives.NONE.staleIfError(staleIfError);
	}

	/**
	 * Accept a stale answer at once, and have it renewed in the background.
	 * @param staleWhileRevalidate how long after its freshness it still will do, not
	 * negative
	 * @return the directives
	 */
	static CacheDirectives staleWhileRevalidate(Duration staleWhileRevalidate) {
		return CacheDirectives.NONE.staleWhileRevalidate(staleWhileRevalidate);
	}

	/**
	 * Label the answer, so that it can be evicted by the label.
	 * @param tags the labels, not blank
	 * @return the directives
	 */
	static CacheDirectives tags(String... tags) {
		return CacheDirectives.NONE.tags(tags);
	}

	/**
	 * Share the answer with callers of the same scope only, such as a tenant or a user.
	 * @param scope the scope, not blank
	 * @return the directives
	 */
	static CacheDirectives scope(String scope) {
		return CacheDirectives.NONE.scope(scope);
	}

	/**
	 * Keep several answers to one question apart.
	 * @param variant tells them apart, not blank
	 * @return the directives
	 */
	static CacheDirectives variant(String variant) {
		return CacheDirectives.NONE.variant(variant);
	}

	/**
	 * Apply these directives to the calls to models that an action makes on this thread.
	 * Of a stream, the call of the {@code stream} method counts, not the subscription.
	 * @param action the action
	 * @param <T> the type of its result
	 * @return its result
	 */
	<T> T call(Supplier<T> action);

	/**
	 * Return these directives for {@link Flux#contextWrite(Function)}.
	 * @return adds them to those that a context has already
	 */
	Function<Context, Context> asContext();

}
