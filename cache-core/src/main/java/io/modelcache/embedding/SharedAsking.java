package io.modelcache.embedding;

import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.modelcache.embedding.VectorFlight.Landing;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * One batch's part in {@link VectorFlights}: what it asks for others too, and what it
 * lets others ask.
 *
 * @param <I> the type of the inputs
 */
final class SharedAsking<I> {

	private final BatchRun<I> run;

	private final BatchPlan<I> plan;

	private final VectorFlights flights;

	private final VectorFlights.Boarding boarding = new VectorFlights.Boarding();

	private int[] asking = {};

	SharedAsking(BatchRun<I> run, BatchPlan<I> plan, VectorFlights flights) {
		this.run = run;
		this.plan = plan;
		this.flights = flights;
	}

	/**
	 * Board all flights, ask the model for what nobody else is asking for, and land that
	 * whatever happens.
	 * @param places what is missing
	 * @param landings the number of landings before the cache was asked
	 * @return whether all answers fitted
	 */
	boolean lead(int[] places, long landings) {
		Landing rest = new VectorFlight.Unknown();
		try {
			this.flights.board(this.boarding, this.plan, places);
			if (this.flights.landings() != landings) {
				lookAgain();
			}
			return this.run.ask(leading(), this);
		}
		catch (Throwable ex) {
			rest = new VectorFlight.Abandoned();
			if (!isInterruption(ex)) {
				landAll(this.asking, new VectorFlight.Failed(ex, Set.copyOf(this.plan.keys(this.asking))));
			}
			throw ex;
		}
		finally {
			landAll(leading(), rest);
		}
	}

	/**
	 * Wait for what others ask for.
	 * @return what this batch must ask for itself after all; part of it may still land
	 * for others too
	 */
	int[] follow() {
		List<Integer> alone = new ArrayList<>();
		for (Map.Entry<Integer, VectorFlight> flight : this.boarding.following().entrySet()) {
			Landing landing = await(flight.getValue());
			if (landing == null) {
				this.boarding.leading().put(flight.getKey(), flight.getValue());
				alone.add(flight.getKey());
			}
			else if (landing instanceof VectorFlight.Given given) {
				this.run.takeOver(flight.getKey(), given);
			}
			else if (landing instanceof VectorFlight.Failed failed && this.plan.includes(failed.asked())) {
				throw SharedAsking.<RuntimeException>rethrown(failed.failure());
			}
			else if (!(landing instanceof VectorFlight.Abandoned)) {
				alone.add(flight.getKey());
			}
		}
		return array(alone);
	}

	/**
	 * Hear that the model is about to be asked.
	 */
	void asking(int[] places) {
		this.asking = places;
	}

	/**
	 * Hear what the model gave.
	 */
	void given(int[] places, List<Vector> vectors, boolean stored) {
		for (int i = 0; i < places.length; i++) {
			Vector vector = vectors.get(i);
			land(places[i],
					vector.isEmpty() ? new VectorFlight.Unknown() : new VectorFlight.Given(vector.copy(), stored));
		}
	}

	private void lookAgain() {
		int[] leading = leading();
		this.run.lookAgain(leading);
		for (int place : leading) {
			if (this.plan.knows(place)) {
				land(place, new VectorFlight.Given(this.plan.vector(place).copy(), true));
			}
		}
	}

	private int[] leading() {
		return array(this.boarding.leading().keySet());
	}

	private void landAll(int[] places, Landing landing) {
		for (int place : places) {
			land(place, landing);
		}
	}

	private void land(int place, Landing landing) {
		VectorFlight flight = this.boarding.leading().remove(place);
		if (flight != null) {
			this.flights.land(this.plan.key(place), flight, landing);
		}
	}

	/**
	 * Who is interrupted does not wait, and asks for himself: the model knows what it
	 * does for a thread that is interrupted.
	 */
	private static @Nullable Landing await(VectorFlight flight) {
		try {
			return flight.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new VectorFlight.Unknown();
		}
	}

	/**
	 * The interruption of one's own thread is nobody else's failure.
	 */
	private static boolean isInterruption(Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		return Thread.currentThread().isInterrupted() || cause instanceof InterruptedException
				|| cause instanceof ClosedByInterruptException;
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> RuntimeException rethrown(Throwable failure) throws X {
		throw (X) failure;
	}

	private static int[] array(Collection<Integer> places) {
		return places.stream().mapToInt(Integer::intValue).toArray();
	}

}
