package io.modelcache.embedding;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.modelcache.key.Fingerprint;

/**
 * One vector that the model is being asked for, and all who wait for it.
 */
final class VectorFlight {

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	private final Thread leader = Thread.currentThread();

	/**
	 * Land; only the first landing counts.
	 */
	void land(Landing landing) {
		this.landing.complete(landing);
	}

	/**
	 * Wait until it lands, but not for oneself, which would happen if a model asked
	 * itself by its decorator.
	 * @throws InterruptedException if the current thread is interrupted
	 */
	Landing await() throws InterruptedException {
		if (this.leader == Thread.currentThread()) {
			return new Unknown();
		}
		try {
			return this.landing.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A flight never fails, it lands", ex);
		}
	}

	int waiting() {
		return this.landing.getNumberOfDependents();
	}

	/**
	 * How a flight ended.
	 */
	sealed interface Landing {

	}

	/**
	 * The model gave the vector.
	 *
	 * @param vector the vector, to be copied
	 * @param stored whether it is in the cache now
	 */
	record Given(Vector vector, boolean stored) implements Landing {

	}

	/**
	 * The model failed.
	 *
	 * @param failure what it threw
	 * @param asked what it was asked for in one call
	 */
	record Failed(Throwable failure, Set<Fingerprint> asked) implements Landing {

	}

	/**
	 * Whoever asked has gone before there was an answer: somebody else must lead.
	 */
	record Abandoned() implements Landing {

	}

	/**
	 * The answer was of no use to others: who wants one asks for himself.
	 */
	record Unknown() implements Landing {

	}

}
