package io.modelcache.store.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Steps that follow each other such that who cancels the last one cancels the one that is
 * under way, which {@link CompletableFuture} does not do.
 */
final class Cancellation {

	private Cancellation() {
	}

	/**
	 * Go on with another future. The first one is left alone if the result is cancelled
	 * before it is there, for others may wait for it.
	 */
	static <T, R> CompletableFuture<R> compose(CompletableFuture<T> first, Function<T, CompletableFuture<R>> next) {
		CompletableFuture<R> result = new CompletableFuture<>();
		whenDone(first, (value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(causeOf(failure));
			}
			else if (!result.isDone()) {
				follow(next, value, result);
			}
		});
		return result;
	}

	/**
	 * Go on with a value.
	 */
	static <T, R> CompletableFuture<R> map(CompletableFuture<T> first, Function<T, R> next) {
		CompletableFuture<R> result = compose(first, (value) -> CompletableFuture.completedFuture(next.apply(value)));
		linked(result, first);
		return result;
	}

	/**
	 * Go on with a value, and give none.
	 */
	static <T> CompletableFuture<Void> accept(CompletableFuture<T> first, Consumer<T> next) {
		CompletableFuture<Void> result = first.thenAccept(next);
		linked(result, first);
		return result;
	}

	/**
	 * Do something when a future is done, whatever its result.
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	static <T> void whenDone(CompletableFuture<T> future,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
		future.whenComplete(action);
	}

	private static <T, R> void follow(Function<T, CompletableFuture<R>> next, T value, CompletableFuture<R> result) {
		try {
			CompletableFuture<R> following = next.apply(value);
			linked(result, following);
			whenDone(following, (found, failure) -> {
				if (failure != null) {
					result.completeExceptionally(causeOf(failure));
				}
				else {
					result.complete(found);
				}
			});
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private static void linked(CompletableFuture<?> result, CompletableFuture<?> underWay) {
		whenDone(result, (value, failure) -> {
			if (result.isCancelled()) {
				underWay.cancel(true);
			}
		});
	}

	private static Throwable causeOf(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
