package io.modelcache.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A call to a store that a thread of the guard makes, and that its caller may leave by
 * cancelling it, which does not end it.
 *
 * @param <T> the type of the answer
 */
final class HandedOverCall<T> extends CompletableFuture<T> implements Runnable {

	private final Supplier<T> call;

	private final Runnable ended;

	private final Consumer<HandedOverCall<?>> left;

	private @Nullable Thread thread;

	/**
	 * Create a call.
	 * @param call the call
	 * @param ended to be run when the call has returned
	 * @param left hears that the caller has left
	 */
	HandedOverCall(Supplier<T> call, Runnable ended, Consumer<HandedOverCall<?>> left) {
		this.call = call;
		this.ended = ended;
		this.left = left;
	}

	@Override
	public void run() {
		setThread(Thread.currentThread());
		try {
			complete(this.call.get());
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
		finally {
			setThread(null);
			this.ended.run();
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.left.accept(this);
		}
		return cancelled;
	}

	/**
	 * End the call if it runs. Its thread cannot begin another one meanwhile.
	 * @return whether it ran
	 */
	synchronized boolean abort(AbortableStore store) {
		if (this.thread == null) {
			return false;
		}
		store.abort(this.thread);
		return true;
	}

	private synchronized void setThread(@Nullable Thread thread) {
		this.thread = thread;
	}

}
