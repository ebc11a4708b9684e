package io.modelcache.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * On which thread a store is called, which decides whether its caller can leave before it
 * answers.
 */
enum CallMode {

	/**
	 * On the thread of the caller, who waits for as long as it takes: for a store in this
	 * process, which cannot hang.
	 */
	IN_PLACE {

		@Override
		<T> CompletableFuture<T> start(Supplier<T> call, Runnable ended, Executor executor,
				Consumer<HandedOverCall<?>> left) {
			try {
				return CompletableFuture.completedFuture(call.get());
			}
			finally {
				ended.run();
			}
		}

	},

	/**
	 * On another thread, so that the caller can leave at the deadline.
	 */
	HANDED_OVER {

		@Override
		<T> CompletableFuture<T> start(Supplier<T> call, Runnable ended, Executor executor,
				Consumer<HandedOverCall<?>> left) {
			HandedOverCall<T> handedOver = new HandedOverCall<>(call, ended, left);
			executor.execute(handedOver);
			return handedOver;
		}

	};

	/**
	 * Make a call.
	 * @param call the call
	 * @param ended to be run when the call has returned
	 * @param executor has the other threads
	 * @param left hears of a call on another thread whose caller has left
	 */
	abstract <T> CompletableFuture<T> start(Supplier<T> call, Runnable ended, Executor executor,
			Consumer<HandedOverCall<?>> left);

}
