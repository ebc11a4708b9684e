package io.modelcache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a store is left alone and when it is back, one line each.
 */
final class GateLog {

	private static final Logger logger = LoggerFactory.getLogger(GuardedCacheStore.class);

	private final String store;

	private final String direction;

	private final Duration openFor;

	private final AtomicBoolean down = new AtomicBoolean();

	private volatile @Nullable Throwable last;

	GateLog(String store, String direction, Duration openFor) {
		this.store = store;
		this.direction = direction;
		this.openFor = openFor;
	}

	void failed(Throwable failure) {
		this.last = failure;
	}

	void changed(State state) {
		if (state == State.OPEN && this.down.compareAndSet(false, true)) {
			logger.warn("Store '{}' fails: {} go on without it; it is tried again every {} ms ({})", this.store,
					this.direction, this.openFor.toMillis(), FailureText.of(this.last));
		}
		else if (state == State.CLOSED && this.down.compareAndSet(true, false)) {
			logger.info("Store '{}' answers again: {} use it", this.store, this.direction);
		}
	}

}
