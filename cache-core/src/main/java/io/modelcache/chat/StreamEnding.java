package io.modelcache.chat;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What happens when a stream of the model ends: its answer is kept, and the flight that
 * it leads lands.
 */
final class StreamEnding implements LiveStream.Ending {

	private final ChatRoom room;

	private final ChatRequest request;

	private final ChatLookup lookup;

	private final @Nullable ChatFlight flight;

	private final boolean promoted;

	private volatile @Nullable String objection;

	private volatile SavedCall shared = SavedCall.UNKNOWN;

	StreamEnding(ChatRoom room, ChatRequest request, ChatLookup lookup, @Nullable ChatFlight flight, boolean promoted) {
		this.room = room;
		this.request = request;
		this.lookup = lookup;
		this.flight = flight;
		this.promoted = promoted;
	}

	@Override
	public void completed(@Nullable ChatAnswer answer, Consumer<CacheStatus> then) {
		if (!this.room.cache().blocking()) {
			keep(answer, then);
			return;
		}
		try {
			LeaderThreads.execute(() -> keep(answer, then));
		}
		catch (RejectedExecutionException ex) {
			this.objection = "busy";
			keep(null, then);
		}
	}

	@Override
	public void failed(Throwable failure) {
		land(new Landing.Failed(failure));
	}

	@Override
	public void abandoned() {
		land(new Landing.Abandoned());
	}

	@Override
	public void unkept(String reason) {
		this.objection = reason;
		try {
			this.room.listener().onReject(this.room.name(), reason);
		}
		finally {
			land(new Landing.Unfit());
		}
	}

	@Override
	public void closed() {
		ChatFlights flights = this.room.flights();
		if (flights != null && this.flight != null && !this.promoted) {
			flights.close(this.request.fingerprint(), this.flight);
		}
	}

	@Override
	public void followed(CacheStatus status, ContextView reader) {
		SavedCall call = this.shared;
		this.room.listener().onMiss(this.room.name(), status);
		this.room.listener()
			.onSaved(this.room.name(), status,
					new SavedCall(call.model(), call.inputTokens(), call.outputTokens(), reader));
	}

	private void keep(@Nullable ChatAnswer answer, Consumer<CacheStatus> then) {
		this.shared = Savings.of(answer, Context.empty());
		CacheStatus status = this.lookup.status().withDetail(this.objection);
		Landing landing = new Landing.Unfit();
		try {
			if (answer != null) {
				ChatKeeper.Kept kept = this.room.keeper().keep(this.request, this.lookup, answer);
				status = kept.status();
				landing = kept.landing();
			}
		}
		finally {
			land(landing);
			finish(status, then);
		}
	}

	private void finish(CacheStatus status, Consumer<CacheStatus> then) {
		try {
			this.room.listener().onMiss(this.room.name(), status);
		}
		finally {
			then.accept(status);
		}
	}

	/**
	 * A promoted follower lands the flight only with an answer for all, for the leader is
	 * still trying.
	 */
	private void land(Landing landing) {
		ChatFlights flights = this.room.flights();
		if (flights != null && this.flight != null && (!this.promoted || landing instanceof Landing.Shared)) {
			flights.land(this.request.fingerprint(), this.flight, landing);
		}
	}

}
