package io.modelcache.embedding;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that one model is being asked for: each by one caller at a time.
 * <p>
 * A batch boards all flights it needs, asks the model for those that it leads, lands them
 * and only then waits for those that others lead. Nobody who is waited for is waiting
 * himself, so there is no deadlock.
 */
final class VectorFlights {

	/**
	 * Longer ones do not fit into nanoseconds.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofDays(36500);

	private final ConcurrentMap<Fingerprint, VectorFlight> flights = new ConcurrentHashMap<>();

	private final AtomicLong landings = new AtomicLong();

	private final @Nullable Duration maxWait;

	VectorFlights(@Nullable Duration maxWait) {
		this.maxWait = (maxWait != null && maxWait.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : maxWait;
	}

	/**
	 * Return a number that has changed if a vector has landed since. Who has looked into
	 * the cache before that in vain must look again before he asks the model.
	 */
	long landings() {
		return this.landings.get();
	}

	/**
	 * Board the flights of some inputs.
	 * @param boarding takes the flights, also if this method fails half-way
	 * @param plan knows the inputs
	 * @param some their places
	 */
	void board(Boarding boarding, BatchPlan<?> plan, int[] some) {
		for (int place : some) {
			VectorFlight mine = new VectorFlight(this.maxWait);
			VectorFlight other = this.flights.putIfAbsent(plan.key(place), mine);
			if (other != null) {
				boarding.following().put(place, other);
			}
			else {
				boarding.leading().put(place, mine);
			}
		}
	}

	/**
	 * Land a flight: from now on nobody boards it any more, and whoever waits goes on.
	 */
	void land(Fingerprint key, VectorFlight flight, VectorFlight.Landing landing) {
		this.landings.incrementAndGet();
		this.flights.remove(key, flight);
		flight.land(landing);
	}

	/**
	 * Return how many vectors the model is being asked for.
	 */
	int size() {
		return this.flights.size();
	}

	/**
	 * Return about how many callers are waiting.
	 */
	int waiting() {
		return this.flights.values().stream().mapToInt(VectorFlight::waiting).sum();
	}

	/**
	 * The flights of one batch, by the places of their inputs.
	 *
	 * @param leading those that this batch leads and has to land
	 * @param following those that others lead
	 */
	record Boarding(Map<Integer, VectorFlight> leading, Map<Integer, VectorFlight> following) {

		Boarding() {
			this(new LinkedHashMap<>(), new LinkedHashMap<>());
		}

	}

}
