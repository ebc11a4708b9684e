package io.modelcache.chat;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one model that are under way: one for each fingerprint at a time.
 */
final class ChatFlights {

	/**
	 * Longer ones do not fit into nanoseconds.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofDays(36500);

	private final ConcurrentMap<Fingerprint, ChatFlight> flights = new ConcurrentHashMap<>();

	private final AtomicLong landings = new AtomicLong();

	private final @Nullable Duration maxWait;

	ChatFlights(@Nullable Duration maxWait) {
		this.maxWait = (maxWait != null && maxWait.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : maxWait;
	}

	/**
	 * Return a number that has changed if a flight has landed since. Who has looked
	 * before that in vain must look again before he asks the model.
	 */
	long landings() {
		return this.landings.get();
	}

	/**
	 * Board the flight of a fingerprint.
	 * @return the flight that is under way, or a new one
	 */
	Boarding board(Fingerprint key) {
		ChatFlight mine = new ChatFlight(this.maxWait);
		ChatFlight other = this.flights.putIfAbsent(key, mine);
		return (other != null) ? new Boarding(other, false) : new Boarding(mine, true);
	}

	/**
	 * Land a flight: from now on nobody boards it any more, and whoever waits goes on.
	 */
	void land(Fingerprint key, ChatFlight flight, Landing landing) {
		if (!(landing instanceof Landing.Abandoned)) {
			this.landings.incrementAndGet();
		}
		close(key, flight);
		flight.land(landing);
	}

	/**
	 * Let nobody board a flight any more.
	 */
	void close(Fingerprint key, ChatFlight flight) {
		this.flights.remove(key, flight);
	}

	/**
	 * Return after which time a follower is promoted.
	 * @return the time, or {@code null} for never
	 */
	@Nullable Duration maxWait() {
		return this.maxWait;
	}

	int size() {
		return this.flights.size();
	}

	/**
	 * A place on a flight.
	 *
	 * @param flight the flight
	 * @param leading whether it is a new one, which must be landed by whoever boarded it
	 */
	record Boarding(ChatFlight flight, boolean leading) {

	}

}
