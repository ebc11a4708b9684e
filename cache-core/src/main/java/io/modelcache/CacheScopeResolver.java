package io.modelcache;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Says for whom an answer is: callers of different scopes, such as tenants or users,
 * never share one.
 * <p>
 * It is asked on the thread that calls the model, with an empty context. For a stream it
 * is asked when the {@code stream} method is called, and again at each subscription with
 * the context of the subscriber. If it knows the scope both times and they differ, the
 * cache is left aside. Implementations are safe for use by several threads and must not
 * block.
 */
@FunctionalInterface
public interface CacheScopeResolver {

	/**
	 * Return the scope of the caller.
	 * @param context the Reactor context of the subscriber, empty otherwise
	 * @return the scope, or {@code null} if it is not known, which leaves the cache aside
	 */
	@Nullable String resolve(ContextView context);

}
