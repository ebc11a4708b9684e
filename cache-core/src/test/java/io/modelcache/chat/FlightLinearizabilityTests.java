package io.modelcache.chat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.modelcache.chat.ChatFlights.Boarding;
import io.modelcache.key.Fingerprint;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Shows by Lincheck that {@link ChatFlights} behaves under races as if one thing happened
 * after the other: of those who board at once one leads, and after a landing nobody finds
 * the flight any more.
 */
@Tag("own-jvm")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "thread", gen = ThreadIdGen.class)
public class FlightLinearizabilityTests {

	private final ChatFlights flights = new ChatFlights(null);

	/**
	 * The flights that each thread leads; a thread touches only its own.
	 */
	private final Map<String, ChatFlight> led = new ConcurrentHashMap<>();

	/**
	 * Board a flight.
	 * @return whether it is a new one, which the thread leads from now on
	 */
	@Operation
	public boolean board(@Param(name = "key") int key, @Param(name = "thread") int thread) {
		Boarding boarding = this.flights.board(fingerprint(key));
		if (boarding.leading()) {
			this.led.put(thread + " " + key, boarding.flight());
		}
		return boarding.leading();
	}

	/**
	 * Land a flight that the thread leads.
	 * @return whether there is one
	 */
	@Operation
	public boolean land(@Param(name = "key") int key, @Param(name = "thread") int thread) {
		ChatFlight flight = this.led.remove(thread + " " + key);
		if (flight != null) {
			this.flights.land(fingerprint(key), flight, new Landing.Unfit());
		}
		return flight != null;
	}

	@Test
	void flightsAreLinearizable() {
		new StressOptions().iterations(20)
			.invocationsPerIteration(500)
			.threads(3)
			.actorsPerThread(3)
			.actorsBefore(1)
			.actorsAfter(2)
			.check(FlightLinearizabilityTests.class);
	}

	private static Fingerprint fingerprint(int key) {
		return new Fingerprint(key, 0, 0, 0);
	}

}
